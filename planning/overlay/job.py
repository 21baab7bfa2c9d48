"""An overlay that takes longer than a page can wait, done in the background."""

from django.db import connection
from django.urls import reverse

from planning.jobs.kinds import Progress, Result
from planning.models import PlanJob
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.table import summary

BATCHES = 25
#: A question that has not ended after so long will not.
LONGEST = "1h"


def work(job: PlanJob, progress: Progress) -> Result:
    """With the rights that the owner has now. Its answer holds the overlay, for planning/overlay/views."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{LONGEST}'")
    what, by = sides_of(Order.from_json(job.order), job.owner)
    found = overlay(what, by, progress, BATCHES)
    page = reverse("planning:overlay-result", args=[job.pk])
    return Result({"summary": summary(found), "page": page, "overlay": found.as_json()})

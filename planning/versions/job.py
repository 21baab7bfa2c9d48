"""A comparison that takes longer than a page can wait, done in the background."""

from django.db import connection
from django.urls import reverse

from core.errors import NotFound
from planning.jobs.kinds import Progress, Result
from planning.models import PlanJob, PlanVersion
from planning.overlay.job import LONGEST
from planning.versions.compare import compare
from planning.versions.words import summary


def work(job: PlanJob, progress: Progress) -> Result:
    """With the rights that the owner has now; its answer holds the comparison, for planning/versions/views."""
    version = PlanVersion.objects.visible_to(job.owner).filter(pk=job.order["version"]).first()
    if version is None:
        raise NotFound()
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{LONGEST}'")
    found = compare(version, job.owner, str(job.order.get("plots", "")), progress)
    page = reverse("planning:version-result", args=[job.pk])
    return Result({"summary": summary(found), "page": page, "comparison": found.as_json()})

"""Zonal statistics that take longer than a page can wait, done in the background."""

from django.urls import reverse

from planning.jobs.kinds import Progress, Result
from planning.models import PlanJob
from planning.zonal.order import ZonalOrder
from planning.zonal.reckon import question_of, zonal
from planning.zonal.table import summary


def work(job: PlanJob, progress: Progress) -> Result:
    """With the rights that the owner has now; its answer holds the figures, for planning/zonal/views."""
    found = zonal(question_of(ZonalOrder.from_json(job.order), job.owner), progress)
    page = reverse("planning:zonal-result", args=[job.pk])
    return Result({"summary": summary(found), "page": page, "zonal": found.as_json()})

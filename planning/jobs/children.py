"""The worker's children that do plan jobs (core/children.py)."""

from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from core.children import Children, remove_leftovers
from planning.actions import jobs
from planning.jobs.files import work_folders
from planning.models import JobState, PlanJob


class PlanJobs(Children):
    """The children of one worker: each does one job."""

    def __init__(self) -> None:
        super().__init__()
        at_work = PlanJob.objects.filter(state=JobState.WORKING).values_list("pk", flat=True)
        remove_leftovers(work_folders(), {str(pk) for pk in at_work})

    def most(self) -> int:
        return int(settings.PLAN_PROCESSES)

    def next(self, but: Collection[int], room: int) -> Iterator[tuple[int, list[str]]]:
        waiting = PlanJob.objects.waiting().exclude(pk__in=but).order_by("pk")
        for pk in waiting.values_list("pk", flat=True)[:room]:
            yield pk, ["plan_job", str(pk)]

    def folder(self, pk: int) -> Path:
        return work_folders() / str(pk)

    def unwanted(self) -> list[int]:
        stopped = PlanJob.objects.filter(pk__in=self.children, state=JobState.WORKING, order__stop=True)
        return list(stopped.values_list("pk", flat=True))

    def tell(self, pk: int, share: float) -> None:
        jobs.tell(pk=pk, share=share)

    def settle(self, pk: int, why: str) -> bool:
        return jobs.settle(pk=pk, why=why)

    def settle_interrupted(self, but: Collection[int]) -> None:
        jobs.settle_interrupted(but=but)

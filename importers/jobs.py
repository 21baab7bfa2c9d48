"""The worker's children that do imports (core/children.py)."""

from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from core.children import Children, remove_leftovers
from importers.actions import work
from importers.models import ImportRun


class ImportJobs(Children):
    """The children of one worker: each checks, imports or undoes one run."""

    def __init__(self) -> None:
        super().__init__()
        at_work = ImportRun.objects.exclude(asked="").values_list("pk", flat=True)
        remove_leftovers(_work_folders(), {str(pk) for pk in at_work})

    def most(self) -> int:
        return int(settings.IMPORT_PROCESSES)

    def next(self, but: Collection[int], room: int) -> Iterator[tuple[int, list[str]]]:
        waiting = ImportRun.objects.waiting().exclude(pk__in=but).order_by("pk")
        for pk, asked in waiting.values_list("pk", "asked")[:room]:
            yield pk, ["import_run", str(pk), "--work", asked]

    def folder(self, pk: int) -> Path:
        return work_folder(pk)

    def unwanted(self) -> list[int]:
        runs = ImportRun.objects.filter(pk__in=self.children, order__stop=True).exclude(asked="")
        return list(runs.values_list("pk", flat=True))

    def tell(self, pk: int, share: float) -> None:
        work.tell_progress(pk=pk, share=share)

    def settle(self, pk: int, why: str) -> bool:
        return work.settle(pk=pk, why=why)

    def settle_interrupted(self, but: Collection[int]) -> None:
        work.settle_interrupted(but=but)


def work_folder(name: int | str) -> Path:
    """Where a child keeps what it unpacks."""
    return _work_folders() / str(name)


def _work_folders() -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / "work"

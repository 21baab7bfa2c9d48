"""The kinds of long work: each is a function of one job, named here by its dotted path."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from planning.models import PlanJob

#: Is told the share that is done, 0 to 1.
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Result:
    """What came of it: `answer` is JSON; `file` was written into the folder that `Work` was given, or is None. Of the
    answer, the page of the job shows {"summary": [[label, value], …]}, {"page": address of the full result} and
    {"file_name": how the download is called}."""

    answer: dict[str, Any] = field(default_factory=dict)
    file: Path | None = None


#: Does the job that is asked for, with the rights of `job.owner`. Temporary files go to tempfile's folder, which
#: is removed afterwards. Raises PortalError to refuse.
Work = Callable[[PlanJob, Progress], Result]

KINDS: dict[str, str] = {
    "overlay": "planning.overlay.job.work",
    "compare": "planning.versions.job.work",
    "zonal": "planning.zonal.job.work",
    "print-series": "planning.printing.series.work",
}


def work_of(kind: str) -> Work:
    """The function that does this kind; KeyError for one that nobody knows."""
    module, _dot, name = KINDS[kind].rpartition(".")
    work: Work = getattr(import_module(module), name)
    return work

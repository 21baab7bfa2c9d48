"""Where results are kept: apart from everything a web server hands out."""

from pathlib import Path

from django.conf import settings

from planning.models import PlanJob


def folder_of_results(job: PlanJob) -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / "plan-jobs" / str(job.pk)


def work_folders() -> Path:
    """Here each child has a folder for its temporary files."""
    return Path(settings.PRIVATE_FILES_DIR) / "plan-work"


def result_of(job: PlanJob) -> Path | None:
    """The file that came of it, if there is one and it is still kept."""
    path = Path(settings.PRIVATE_FILES_DIR) / job.file if job.file else None
    return path if path is not None and path.is_file() else None

"""Where a run stands, in one word, with its look, and which of the four steps that is."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.actions.asking import PATIENCE
from importers.models import ImportRun, ImportState, Work


@dataclass(frozen=True)
class Stage:
    """`look` is the look of a badge; `step` is 1 upload, 2 check, 3 import, 4 report; `at_work`: come again soon."""

    code: str
    word: str | Promise
    look: str
    icon: str
    step: int
    at_work: bool = False


WAITS = Stage("waits", _("waiting"), "open", "clock", 2, at_work=True)
STOPPING = Stage("stopping", _("stopping"), "rejected", "hand-stop", 2, at_work=True)
AT_WORK = {
    Work.CHECK: Stage("checking", _("being checked"), "progress", "zoom-question", 2, at_work=True),
    Work.IMPORT: Stage("importing", _("being imported"), "progress", "database-import", 3, at_work=True),
    Work.UNDO: Stage("undoing", _("being undone"), "progress", "arrow-back-up", 4, at_work=True),
}
ASKS = Stage("asks", _("needs your answer"), "open", "help", 2)
RESTING = {
    ImportState.UPLOADED: Stage("uploaded", _("not checked yet"), "open", "file-upload", 2),
    ImportState.CHECKED: Stage("checked", _("checked, not imported yet"), "progress", "checklist", 3),
    ImportState.DONE: Stage("done", _("imported"), "fixed", "circle-check", 4),
    ImportState.REFUSED: Stage("refused", _("refused"), "overdue", "alert-triangle", 3),
    ImportState.STOPPED: Stage("stopped", _("stopped"), "rejected", "hand-stop", 2),
    ImportState.UNDONE: Stage("undone", _("undone"), "rejected", "arrow-back-up", 4),
}
UNDO = Stage("undo", _("an undo"), "fixed", "arrow-back-up", 4)


BACK = Stage("done", _("imported again"), "fixed", "circle-check", 4)


def stage_of(run: ImportRun, *, is_back: bool = False) -> Stage:
    """`is_back`: what undid it was undone (see ImportRunQuerySet.back_again)."""
    if run.asked and run.order.get("stop"):
        return STOPPING
    if run.asked:
        return WAITS if run.started_at is None else AT_WORK[Work(run.asked)]
    if run.state == ImportState.UPLOADED and run.findings:
        return ASKS
    if run.undoes_id and (run.state == ImportState.DONE or is_back):
        return UNDO
    if is_back:
        return BACK
    return RESTING[ImportState(run.state)]


def nobody_came(run: ImportRun) -> bool:
    """It has waited so long that the worker may be away."""
    since = run.finished_at or run.created_at
    return bool(run.asked) and run.started_at is None and timezone.now() - since > PATIENCE


STEPS: tuple[tuple[int, str | Promise], ...] = (
    (1, _("Upload")),
    (2, _("Check")),
    (3, _("Decide")),
    (4, _("Report")),
)

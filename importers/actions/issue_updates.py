"""Cases that an earlier import brought: taken further as their file says, unless our people went on with them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from importers.actions.journal import keep_changes
from importers.issue_rows import IssueRow
from importers.models import ImportChange, ImportRun, Target
from importers.registers import ISSUES, Flat, flat_states
from importers.report import Finding, Report
from issues.models import Issue, IssueEvent
from issues.models.issue import EventKind

TOLD = ("state", "resolved_at", "description", "address")
CHUNK = 1000


def bring_up_to_date(*, rows: Mapping[int, IssueRow], run: ImportRun, report: Report) -> None:
    """`rows` by the id of their issue. What the file says anew is written, with an event; a case that was worked on
    here since it was last imported stays as it is and is told."""
    ids = list(Issue.objects.select_for_update().filter(pk__in=rows).values_list("pk", flat=True))
    held = flat_states(ISSUES, ids)
    said = _last_said(rows)
    changes: dict[int, list[str]] = {}
    for pk, row in rows.items():
        news = _news(row, said.get(pk) or held[pk])
        if not news:
            report.counts["unchanged"] += 1
        elif _is_ours(pk, held[pk], said.get(pk)):
            report.counts["unchanged"] += 1
            facts = {"fields": ", ".join(news)}
            report.add(Finding("kept_ours", row.row, row.external_id[:60], facts))
        else:
            changes[pk] = news
    _write(rows, changes, run)
    keep_changes(run=run, register=ISSUES, keys={pk: held[pk]["number"] for pk in changes}, before=held)
    report.counts["changed"] += len(changes)


def _last_said(ids: Collection[int]) -> dict[int, Flat]:
    """What the issues were after the last import that touched them, from the journal."""
    of_issues = ImportChange.objects.filter(run__target=Target.ISSUES, object_id__in=list(ids))
    newest = of_issues.values("object_id").annotate(newest=Max("pk")).values("newest")
    changes = ImportChange.objects.filter(pk__in=newest).values_list("object_id", "after")
    return {pk: after for pk, after in changes if after}


def _news(row: IssueRow, said: Flat) -> list[str]:
    """The fields of which the row says something else."""
    return [name for name in TOLD if _told(_value(row, name)) != _told(said[name], name)]


def _value(row: IssueRow, name: str) -> Any:
    return row.closed if name == "resolved_at" else getattr(row, name)


def _told(value: Any, name: str = "") -> str | float:
    """A text, or a moment in seconds, whichever way it is written."""
    if name == "resolved_at" and value:
        value = datetime.fromisoformat(value)
    return value.timestamp() if isinstance(value, datetime) else str(value or "")


def _is_ours(pk: int, held: Flat, said: Flat | None) -> bool:
    """Did somebody go on with the case here? Without a journal its version tells, which every step of ours raises,
    or a note, which raises none."""
    if said is not None:
        return held != said
    ours = Q(version__gt=1) | Q(events__kind=EventKind.NOTE)
    return Issue.objects.filter(ours, pk=pk).exists()


def _write(rows: Mapping[int, IssueRow], changes: Mapping[int, list[str]], run: ImportRun) -> None:
    now = timezone.now()
    issues = list(Issue.objects.filter(pk__in=changes))
    events = [_event(issue, rows[issue.pk], changes[issue.pk], run, now) for issue in issues]
    for issue in issues:
        for name in changes[issue.pk]:
            setattr(issue, name, _value(rows[issue.pk], name))
        issue.changed_at = now
    Issue.objects.bulk_update(issues, [*TOLD, "changed_at"], batch_size=CHUNK)
    Issue.objects.filter(pk__in=changes).update(version=F("version") + 1)
    IssueEvent.objects.bulk_create(events, batch_size=CHUNK)


def _event(issue: Issue, row: IssueRow, news: list[str], run: ImportRun, now: datetime) -> IssueEvent:
    """A new state is told to all; other news is a note for staff."""
    before = {name: str(getattr(issue, name) or "") for name in news}
    facts = {"import": run.file_name, "before": before}
    if "state" in news:
        return IssueEvent(
            issue=issue,
            kind=EventKind.STATE,
            at=row.closed or now,
            is_public=True,
            from_state=issue.state,
            to_state=row.state,
            actor=run.user,
            data=facts,
        )
    words = _("Brought up to date from “%(file)s”.") % {"file": run.file_name}
    return IssueEvent(issue=issue, kind=EventKind.NOTE, at=now, actor=run.user, text=words, data=facts)

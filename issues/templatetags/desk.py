"""Words that only the desk and the crew use: due clocks, and history as staff read it."""

from django import template
from django.utils.translation import gettext as _

from issues import due
from issues.models import Issue, IssueEvent
from issues.models.issue import EventKind
from issues.timeline import tell

register = template.Library()


@register.filter
def due_words(issue: Issue) -> str:
    return due.due_words(issue)


@register.filter
def due_level(issue: Issue) -> str:
    return due.due_level(issue)


@register.filter
def staff_words(event: IssueEvent) -> str:
    """One sentence about an event, as the desk says it."""
    if event.kind == EventKind.NOTE:
        return _("Note to the citizen") if event.is_public else _("Internal note")
    if event.kind == EventKind.PUBLISHED and not event.data.get("is_public", True):
        return _("The text was hidden again.")
    return tell(event)

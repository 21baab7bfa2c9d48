"""What the desk does with a case: each view reads a form, calls one action, and shows the case as it then is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from core.errors import Conflict, NotAllowed, NotFound, PortalError
from issues.actions import desk as desk_work
from issues.actions import states
from issues.casefile import CaseFile, open_case
from issues.desk_queue import for_rows
from issues.desk_rights import desk_only, desk_user
from issues.forms.desk import (
    AssignForm,
    CategoryForm,
    JoinForm,
    NoteForm,
    PublishForm,
    RequestedStateForm,
    StateForm,
)
from issues.models import Issue
from issues.views.desk_parts import answer, case_context, chips_context, filters_of, wants_part

Work = Callable[[], object]
CHANGED = gettext_noop(
    "Somebody changed this case in the meantime. Below is how it stands now; what you typed is kept. "
    "Read it, and send again if it still holds."
)


@desk_only
@require_POST
def assign_issue(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_to_act(request, number)
    form = AssignForm(request.POST, without=case.issue.department_id)

    def work() -> None:
        desk_work.assign_issue(issue=case.issue, actor=case.user, **form.cleaned_data)

    return _carry_out(request, case, work, _("It was sent on."), assign_form=form)


@desk_only
@require_POST
def change_state(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_to_act(request, number)
    asked = RequestedStateForm(request.POST)
    shown = StateForm(request.POST, steps=case.steps)

    def work() -> None:
        states.change_state(issue=case.issue, actor=case.user, **asked.cleaned_data)

    if not asked.is_valid():
        return _refuse(request, case, 422, state_form=shown)
    return _carry_out(request, case, work, _("The state was changed."), judged=asked, state_form=shown)


@desk_only
@require_POST
def add_note(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_to_act(request, number)
    form = NoteForm(request.POST)

    def work() -> None:
        text, is_public = form.cleaned_data["text"], form.is_public
        desk_work.add_note(issue=case.issue, text=text, actor=case.user, is_public=is_public)

    return _carry_out(request, case, work, _("The note was kept."), note_form=form)


@desk_only
@require_POST
def publish(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_to_act(request, number)
    form = PublishForm(request.POST)

    def work() -> None:
        desk_work.publish_text(issue=case.issue, actor=case.user, is_public=form.cleaned_data["is_public"])

    return _carry_out(request, case, work, _("Done."), publish_form=form)


@desk_only
@require_POST
def change_category(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_to_act(request, number)
    form = CategoryForm(request.POST)

    def work() -> None:
        desk_work.change_category(issue=case.issue, actor=case.user, **form.cleaned_data)

    return _carry_out(request, case, work, _("The category was changed."), category_form=form)


@desk_only
@require_POST
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Join this case to an earlier one of the same problem."""
    case = _case_to_act(request, number)
    form = JoinForm(request.POST, cases=Issue.objects.handled_by(case.user))

    def work() -> None:
        states.join_duplicate(issue=case.issue, earlier=form.cleaned_data["earlier"], actor=case.user)

    return _carry_out(request, case, work, _("It was joined to the earlier case."), join_form=form)


def _case_to_act(request: HttpRequest, number: str) -> CaseFile:
    """The case, when this person may act on it; NotAllowed for executives, crews and other departments."""
    case = open_case(desk_user(request), number)
    if not case.may_act:
        raise NotAllowed()
    return case


def _carry_out(
    request: HttpRequest,
    case: CaseFile,
    work: Work,
    said: str,
    judged: forms.Form | None = None,
    **shown: forms.Form,
) -> HttpResponse:
    """Do the work when the form is right; a refusal shows the case as it is now, with what was typed."""
    form = judged or next(iter(shown.values()))
    if not form.is_valid():
        return _refuse(request, case, 422, **shown)
    try:
        work()
    except Conflict as conflict:
        return _refuse(request, case, conflict.status, refusal=_(CHANGED), **shown)
    except PortalError as error:
        return _refuse(request, case, error.status, refusal=str(error), **shown)
    return _show_done(request, case, said)


def _refuse(request: HttpRequest, case: CaseFile, status: int, **extra: Any) -> HttpResponse:
    fresh = open_case(case.user, case.issue.number)
    for form in extra.values():
        if isinstance(form, forms.Form) and "version" in form.fields:
            form.data = {**request.POST.dict(), "version": str(fresh.issue.version)}
    opened = next((name.removesuffix("_form") for name in extra if name.endswith("_form")), "")
    context = case_context(request, fresh, opened=opened, **extra)
    return answer(request, "case", "issues/desk/_case.html", context, status)


def _show_done(request: HttpRequest, case: CaseFile, said: str) -> HttpResponse:
    """The case as it now is, with its row in the list; or a word that it left this person's queue."""
    number = case.issue.number
    try:
        fresh = open_case(case.user, number)
    except (NotAllowed, NotFound):
        return _show_gone(request, case, said)
    if wants_part(request, "case"):
        row = for_rows(Issue.objects.handled_by(case.user)).get(pk=case.issue.pk)
        context = case_context(request, fresh, said=said, row=row, **chips_context(request))
        return answer(request, "case", "issues/desk/_case_done.html", context)
    messages.success(request, f"{number}: {said}")
    return redirect(_link("issues:desk-issue", request, number))


def _show_gone(request: HttpRequest, case: CaseFile, said: str) -> HttpResponse:
    gone = _("%(number)s is now with another department and left your queue.") % {"number": case.issue.number}
    if wants_part(request, "case"):
        context = {"issue": case.issue, "said": gone, **chips_context(request)}
        return render(request, "issues/desk/_case_gone.html", context)
    messages.success(request, f"{said} {gone}")
    return redirect(_link("issues:desk", request))


def _link(name: str, request: HttpRequest, *args: str) -> str:
    query = filters_of(request).urlencode()
    return reverse(name, args=args) + (f"?{query}" if query else "")

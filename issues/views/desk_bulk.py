"""Several cases at once: accept them, or send them to another department."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from core.errors import PortalError
from issues.actions.desk import assign_issue
from issues.actions.states import change_state
from issues.desk_rights import desk_only, desk_user
from issues.forms.desk import BulkForm
from issues.models import Issue
from issues.states import DESK, State
from issues.views.desk_parts import filters_of
from municipality.roles import require

MOST_AT_ONCE = 100


@desk_only
@require_POST
def desk_bulk(request: HttpRequest) -> HttpResponse:
    """Each case stands alone: those that refuse are named, the others are done."""
    user = desk_user(request)
    require(user, *DESK)
    form = BulkForm(request.POST)
    cases = _chosen(user, request)
    if not cases:
        messages.warning(request, _("Choose at least one case first."))
    elif not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, " ".join(str(sentence) for sentence in problem))
    else:
        _work_through(request, cases, form, user)
    query = filters_of(request).urlencode()
    return redirect(reverse("issues:desk") + (f"?{query}" if query else ""))


def _chosen(user: User, request: HttpRequest) -> list[Issue]:
    numbers = request.POST.getlist("number")[:MOST_AT_ONCE]
    return list(Issue.objects.handled_by(user).filter(number__in=numbers).order_by("number"))


def _work_through(request: HttpRequest, cases: list[Issue], form: BulkForm, user: User) -> None:
    done = 0
    for case in cases:
        try:
            _work_on(case, form, user)
        except PortalError as refusal:
            messages.error(request, f"{case.number}: {refusal}")
        else:
            done += 1
    if done:
        said = ngettext("%(count)d case is done.", "%(count)d cases are done.", done)
        messages.success(request, said % {"count": done})


def _work_on(case: Issue, form: BulkForm, user: User) -> None:
    if form.cleaned_data["act"] == "accept":
        change_state(issue=case, target=State.ACCEPTED, actor=user, version=case.version)
    else:
        department, text = form.cleaned_data["department"], form.cleaned_data["text"]
        assign_issue(issue=case, department=department, actor=user, text=text, version=case.version)

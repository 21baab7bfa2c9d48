"""The reporter's page behind the secret link: where it stands, and what they can do now."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound, PortalError
from core.geo import to_lonlat
from core.limits import check_rate
from issues.actions.feedback import give_feedback, may_answer
from issues.actions.photos import add_later_photos, refuse_more_photos
from issues.actions.states import change_state
from issues.forms.report_photos import prepared_photos
from issues.forms.track import AnswerForm
from issues.models import Issue
from issues.states import State, step_to
from issues.views.issue_shown import NOT_SHOWN, SHOWN_WITH, IssueShown

PHOTOS_PER_HOUR = 20

# `strict-origin`, not `no-referrer`: both keep the path of the page to ourselves, but under the latter browsers
# send `Origin: null` with our own forms, which the CSRF check must refuse.
PRIVATE_PAGE = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "strict-origin",
    "Cache-Control": "private, no-store",
}

TokenView = Callable[[HttpRequest, Issue], HttpResponse]


def for_token_holder(view: TokenView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the issue by its token; the answer is stored nowhere, and no address with a token is told on."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        issue = (
            Issue.objects.filter(token=token)
            .select_related(*SHOWN_WITH, "reporter")
            .defer(*NOT_SHOWN)
            .first()
        )
        if issue is None:
            raise NotFound(_("This tracking link is not known. Check that you copied the whole of it."))
        response = view(request, issue)
        for name, value in PRIVATE_PAGE.items():
            response.headers[name] = value
        return response

    return found


@require_safe
@for_token_holder
def track(request: HttpRequest, issue: Issue) -> HttpResponse:
    return _page(request, issue, AnswerForm())


@require_POST
@for_token_holder
def track_photo(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Add photos to an open report; staff look at them before anybody else does."""
    try:
        refuse_more_photos(issue, len(request.FILES.getlist("photos")))
        check_rate(request, "track-photo", PHOTOS_PER_HOUR)
        photos = add_later_photos(issue=issue, photos=prepared_photos(request))
    except PortalError as refusal:
        messages.error(request, str(refusal))
        return _back(issue)
    if photos:
        messages.success(request, _("Thank you, the photo was added."))
    else:
        messages.error(request, _("Choose a photo first."))
    return _back(issue)


@require_POST
@for_token_holder
def withdraw(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Take the report back while nobody works on it."""
    try:
        change_state(issue=issue, target=State.WITHDRAWN, by_reporter=True)
    except PortalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The report was withdrawn."))
    return _back(issue)


@require_POST
@for_token_holder
def answer(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Is it fixed? Yes closes the case, no opens it again."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, issue, form, status=422)
    fixed = form.cleaned_data["is_fixed"]
    try:
        give_feedback(
            issue=issue,
            is_fixed=fixed,
            score=form.cleaned_data["score"],
            comment=form.cleaned_data["comment"],
        )
    except PortalError as refusal:
        messages.error(request, str(refusal))
    else:
        thanks = _("Thank you for telling us.")
        messages.success(request, thanks if fixed else _("Thank you. The case is open again."))
    return _back(issue)


def _back(issue: Issue) -> HttpResponse:
    return redirect("issues:track", issue.token)


def _page(request: HttpRequest, issue: Issue, form: AnswerForm, status: int = 200) -> HttpResponse:
    place = to_lonlat(issue.location)
    context = {
        "issue": issue,
        "shown": IssueShown(issue, is_own=True),
        "form": form,
        "is_new": "new" in request.GET,
        "link": settings.SITE_URL + reverse("issues:track", args=[issue.token]),
        "lon": f"{place.x:.6f}",
        "lat": f"{place.y:.6f}",
        "can_withdraw": (step := step_to(issue.state, State.WITHDRAWN)) is not None and step.by_reporter,
        "can_answer": may_answer(issue),
        "can_add_photo": issue.is_open,
    }
    return render(request, "issues/track.html", context, status=status)

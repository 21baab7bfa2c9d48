"""The public pages of issues: the list that does without a map, one issue, following it, “same here”."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotFound
from core.limits import check_rate, count_one, refuse_beyond
from issues.actions.follow import confirm_follower, follow_issue, say_same_here, unfollow
from issues.forms.track import FollowForm, IssueListForm
from issues.models import Category, Follower, Issue
from issues.similar import shown_photos
from issues.views.issue_filters import filtered, list_areas
from issues.views.issue_shown import IssueShown, issue_or_404, same_here_said, shown_issues
from issues.views.on_map import on_map
from issues.views.track import PRIVATE_PAGE

PAGE_SIZE = 24
FOLLOWS_PER_HOUR = 20
FOLLOWS_PER_ADDRESS = 10  # An hour, from wherever: nobody's mailbox is flooded with questions.
SAME_HERE_PER_HOUR = 60
YEAR = 365 * 24 * 3600
SAME_HERE_KEPT = 100


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """Reports the reader may see, newest first, by kind, state, area and number."""
    form = IssueListForm(request.GET)
    form.is_valid()
    issues = filtered(shown_issues(request.user), form.cleaned_data)
    page = Paginator(issues.prefetch_related(shown_photos()), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "filters": list(query.items()),
        "categories": Category.objects.visible_to(request.user),
        "areas": list_areas(),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "issues/list.html", context)


@require_safe
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """The page of an issue, or with `?card=1` the card that the map shows."""
    return _issue_page(request, issue_or_404(request.user, number), FollowForm())


@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Send the confirmation mail; the answer does not tell whether the address follows already."""
    row = issue_or_404(request.user, number)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _issue_page(request, row, form, status=422)
    email = form.cleaned_data["email"]
    refuse_beyond(request, "follow", FOLLOWS_PER_ADDRESS, subject=email.casefold())
    check_rate(request, "follow", FOLLOWS_PER_HOUR)
    count_one(request, "follow", subject=email.casefold())
    follow_issue(issue=row, email=email, language=get_language() or "el")
    messages.success(request, _("Almost there: open the mail we just sent you and press its link."))
    return redirect("issues:issue", number)


@require_POST
def same_here(request: HttpRequest, number: str) -> HttpResponse:
    """Count this browser once."""
    row = issue_or_404(request.user, number)
    response = redirect(on_map(row) if "card" in request.GET else reverse("issues:issue", args=[number]))
    if same_here_said(request.COOKIES, row) or not row.is_open:
        return response
    check_rate(request, "same-here", SAME_HERE_PER_HOUR)
    say_same_here(issue=row)
    said = [number, *str(request.COOKIES.get("same_here", "")).split(".")][:SAME_HERE_KEPT]
    response.set_cookie(
        "same_here",
        ".".join(one for one in said if one),
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_follow(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of the confirmation mail; mail programs open links, so a button confirms."""
    follower = _follower(token)
    if request.method == "POST":
        confirm_follower(follower=follower)
        messages.success(request, _("Done: you will get a mail whenever there is news."))
        return redirect("issues:issue", follower.issue.number)
    return _private(render(request, "issues/follow_confirm.html", {"follower": follower}))


@csrf_exempt  # the token is the permission; mail programs post here without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_following(request: HttpRequest, token: str) -> HttpResponse:
    """Forget the address; asking twice says the same."""
    follower = Follower.objects.select_related("issue__category").filter(token=token).first()
    if request.method == "POST":
        if follower is not None:
            unfollow(follower=follower)
        return redirect("issues:unfollow", token)
    return _private(render(request, "issues/follow_stop.html", {"follower": follower}))


def _follower(token: str) -> Follower:
    follower = Follower.objects.select_related("issue__category").filter(token=token).first()
    if follower is None:
        raise NotFound(_("This link is not valid any more. You can follow the report again on its page."))
    return follower


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE_PAGE.items():
        response.headers[name] = value
    return response


def _issue_page(request: HttpRequest, row: Issue, form: FollowForm, status: int = 200) -> HttpResponse:
    template = "issues/_issue_card.html" if request.GET.get("card") else "issues/issue.html"
    context = {
        "issue": row,
        "shown": IssueShown(row),
        "form": form,
        "on_map": on_map(row),
        "said_same_here": same_here_said(request.COOKIES, row),
    }
    return render(request, template, context, status=status)

"""The page on which a problem is reported; it works step by step without JavaScript too."""

from typing import Any, cast

from django.conf import settings
from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import PortalError
from core.geo import to_lonlat
from core.http import wants_json
from core.limits import check_rate
from issues.actions.report import report_issue
from issues.forms.report import ORDER, ReportIssueForm, Step
from issues.forms.report_photos import prepared_photos
from issues.forms.report_place import Candidate, asset_named, find_places, place_of, settled
from issues.models import Issue
from issues.photos import PhotoRefused
from issues.views.report_page import details_of, page_context, similar_to
from issues.whereabouts import home_address
from municipality.roles import rights_of

PREFILLED = ("lon", "lat", "category", "asset", "q")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One form over several steps: `go` names the step wanted, or `find` (an address), or `send`."""
    if request.method != "POST":
        form = ReportIssueForm(initial=_prefilled(request), user=request.user)
        return _page(request, form, Step.WHERE)
    data = settled(request.POST)
    form = ReportIssueForm(data, user=request.user)
    go = data.get("go", "submit")
    if go == "submit":
        return _submit(request, form)
    if go == "find" or (go == Step.WHAT and data.get("q") and not data.get("lon")):
        return _find(request, form, data)
    return _page(request, form, _next_step(form, Step(go) if go in ORDER else Step.WHERE))


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    initial: dict[str, Any] = {name: request.GET[name] for name in PREFILLED if request.GET.get(name)}
    asset = asset_named(initial.get("asset", ""), request.user)
    if asset is not None:
        place = to_lonlat(place_of(asset, None))
        initial |= {"lon": f"{place.x:.7f}", "lat": f"{place.y:.7f}"}
    if isinstance(request.user, User):
        initial |= {name: getattr(request.user, name) for name in ("name", "email", "phone")}
    return initial


def _find(request: HttpRequest, form: ReportIssueForm, data: QueryDict) -> HttpResponse:
    places = find_places(request.user, data.get("q", ""))
    form.forget_errors_from(Step.WHERE)
    return _page(request, form, Step.WHERE, places)


def _next_step(form: ReportIssueForm, wanted: Step) -> Step:
    """The wanted step, or the earlier one that is still wrong; steps with nothing to ask are passed over."""
    form.is_valid()
    form.forget_errors_from(wanted)
    wrong = form.wrong_step()
    if wrong is not None:
        return wrong
    if wanted == Step.DETAILS and details_of(form) is None:
        wanted = Step.SIMILAR
    if wanted == Step.SIMILAR and not similar_to(form):
        wanted = Step.SEND
    form.forget_errors_from(wanted)
    return wanted


def _submit(request: HttpRequest, form: ReportIssueForm) -> HttpResponse:
    valid = form.is_valid()
    sent = _sent_before(form)
    if sent is not None:
        return _thanks(request, sent)
    if not valid:
        return _refused(request, form, 422)
    try:
        if not rights_of(request.user).is_staff:
            check_rate(request, "report", settings.REPORTS_PER_HOUR)
        issue = _accept(request, form)
    except PhotoRefused as refusal:
        form.add_error("photos", str(refusal))
        return _refused(request, form, refusal.status)
    except PortalError as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, form, refusal.status)
    return _thanks(request, issue)


def _sent_before(form: ReportIssueForm) -> Issue | None:
    """The issue that this very form made already: sending again is no second report and counts for no limit."""
    key = form.cleaned_data.get("submission_key")
    return Issue.objects.filter(submission_key=key).first() if key else None


def _accept(request: HttpRequest, form: ReportIssueForm) -> Issue:
    cleaned = form.cleaned_data
    location = cast(Point, form.location)  # a valid form has one
    photos = prepared_photos(request)
    return report_issue(
        category=cleaned["category"],
        location=location,
        description=cleaned["description"],
        answers=cleaned["answers"],
        address=home_address(location),
        accuracy_metres=cleaned["accuracy"],
        asset=form.chosen_asset,
        contact=form.contact,
        photos=photos,
        submission_key=cleaned["submission_key"],
        actor=request.user if isinstance(request.user, User) else None,
    )


def _thanks(request: HttpRequest, issue: Issue) -> HttpResponse:
    address = f"{reverse('issues:track', args=[issue.token])}?new=1"
    return JsonResponse({"url": address}) if wants_json(request) else redirect(address)


def _refused(request: HttpRequest, form: ReportIssueForm, status: int) -> HttpResponse:
    if not wants_json(request):
        response = _page(request, form, form.wrong_step() or Step.SEND)
        response.status_code = status
        return response
    found = dict(form.errors.items())
    if form.answers_form is not None:
        answers = form.answers_form
        found |= {answers.add_prefix(name): errors for name, errors in answers.errors.items()}
    errors = [{"field": name, "message": str(error)} for name, wrong in found.items() for error in wrong]
    return JsonResponse({"errors": errors}, status=status)


def _page(
    request: HttpRequest, form: ReportIssueForm, step: Step, places: list[Candidate] | None = None
) -> HttpResponse:
    return render(request, "issues/report.html", page_context(request, form, step, places))

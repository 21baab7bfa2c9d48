"""What a crew does from the phone: start, done, hand back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Conflict, PortalError
from crews.actions import JobOver, finish_job, hand_back_job, start_job
from crews.forms import FinishJobForm, HandBackJobForm, PositionForm
from crews.models import Job
from crews.rights import crew_member, field_only, issue_for_work, running_job
from crews.views.pages import job_context
from issues.models import Issue


@field_only
@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    worker = crew_member(request)
    issue = issue_for_work(worker, number)
    form = PositionForm(request.POST)
    at = form.point() if form.is_valid() else None
    try:
        start_job(issue=issue, worker=worker, at=at)
    except Conflict as conflict:
        return _refused(request, number, conflict)
    return redirect("crews:job", number=number)


@field_only
@require_POST
def done(request: HttpRequest, number: str) -> HttpResponse:
    worker = crew_member(request)
    issue = issue_for_work(worker, number)
    form = FinishJobForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, issue, 422, finish_form=form)
    proof, reason = form.cleaned_data["proof"], form.cleaned_data["no_proof_reason"]
    try:
        finish_job(job=_running(issue), worker=worker, proof=proof, no_proof_reason=reason, at=form.point())
    except PortalError as error:
        return _refused(request, number, error, finish_form=form)
    messages.success(request, _("%(number)s is fixed. Thank you!") % {"number": number})
    return redirect("crews:crew")


@field_only
@require_POST
def hand_back(request: HttpRequest, number: str) -> HttpResponse:
    worker = crew_member(request)
    issue = issue_for_work(worker, number)
    form = HandBackJobForm(request.POST)
    if not form.is_valid():
        return _page(request, issue, 422, hand_back_form=form)
    try:
        hand_back_job(job=_running(issue), worker=worker, reason=form.cleaned_data["reason"])
    except PortalError as error:
        return _refused(request, number, error, hand_back_form=form)
    messages.success(request, _("%(number)s went back to the desk.") % {"number": number})
    return redirect("crews:crew")


def _running(issue: Issue) -> Job:
    """The job under way; JobOver when somebody ended it first."""
    job = running_job(issue)
    if job is None:
        raise JobOver()
    return job


def _refused(request: HttpRequest, number: str, error: PortalError, **forms: object) -> HttpResponse:
    """The job page as it is now, with the sentence and what was typed."""
    issue = issue_for_work(crew_member(request), number)
    return _page(request, issue, error.status, refusal=str(error), **forms)


def _page(request: HttpRequest, issue: Issue, status: int, **extra: object) -> HttpResponse:
    return render(request, "crews/job.html", job_context(request, issue, **extra), status=status)

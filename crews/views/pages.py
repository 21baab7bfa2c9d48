"""The crew's pages: what is near, and one job."""

from typing import Any

from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import BadCoordinates
from core.http import wants_json
from crews.forms import FinishJobForm, HandBackJobForm, NearForm, PositionForm
from crews.models import Job
from crews.nearby import NearbyJob, job_card, jobs_by_due, jobs_near
from crews.rights import crew_member, field_only, issue_for_work, own_jobs, running_job
from issues.centre import centre_of
from issues.facts import answers_of, asset_facts
from issues.models import Issue
from issues.states import FIELD, State, step_to


@field_only
@never_cache
@require_safe
def crew(request: HttpRequest) -> HttpResponse:
    """The list of jobs: own first, then nearest to the phone or to the chosen area, else by due date."""
    form = NearForm(request.GET)
    return render(request, "crews/crew.html", {**_jobs(request, _place_of(form)), "form": form})


@field_only
@never_cache
@require_safe
def nearby(request: HttpRequest) -> HttpResponse:
    """The jobs near `?lon=&lat=` in degrees: a piece of the crew page, or JSON."""
    context = _jobs(request, _place_of(NearForm(request.GET)))
    if wants_json(request):
        return JsonResponse({"jobs": [_as_json(job) for job in context["jobs"]]})
    return render(request, "crews/_jobs.html", context)


@field_only
@never_cache
@require_safe
def job(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_for_work(crew_member(request), number)
    return render(request, "crews/job.html", job_context(request, issue))


def job_context(request: HttpRequest, issue: Issue, **forms: Any) -> dict[str, Any]:
    """What the job page shows; `forms` replace the empty ones after a refusal."""
    user = crew_member(request)
    running = running_job(issue)
    return {
        "issue": issue,
        "card": job_card(issue, None),
        "photos": issue.photos.all(),
        "answers": answers_of(issue),
        "facts": asset_facts(issue.asset) if issue.asset else [],
        "notes": issue.events.filter(kind="note").exclude(text="").select_related("actor"),
        "job": running,
        "is_mine": running is not None and running.worker_id == user.pk,
        "can_start": running is None and _can_start(issue),
        "history": Job.objects.visible_to(user).filter(issue=issue).select_related("worker"),
        "start_form": PositionForm(),
        "finish_form": FinishJobForm(),
        "hand_back_form": HandBackJobForm(),
        **forms,
    }


def _can_start(issue: Issue) -> bool:
    step = step_to(issue.state, State.IN_PROGRESS)
    return issue.state == State.IN_PROGRESS or (step is not None and bool(step.roles & FIELD))


def _place_of(form: NearForm) -> Point | None:
    """The phone's place, else the middle of the chosen area; BadCoordinates when the place is nonsense."""
    form.is_valid()
    if form.non_field_errors():
        raise BadCoordinates()
    area = form.cleaned_data.get("area")
    return form.point() or (centre_of(area) if area else None)


def _jobs(request: HttpRequest, point: Point | None) -> dict[str, Any]:
    """What this person works on now, and what else there is."""
    user = crew_member(request)
    mine = [job_card(job.issue, point) for job in own_jobs(user)]
    busy = {card.issue.pk for card in mine}
    near = jobs_near(user, point) if point is not None else jobs_by_due(user)
    jobs = [job for job in near if job.issue.pk not in busy]
    return {"mine": mine, "jobs": _free_one_first(jobs), "is_near": point is not None}


def _free_one_first(jobs: list[NearbyJob]) -> list[NearbyJob]:
    """The next job is one that nobody works on; the others keep their order."""
    free = next((job for job in jobs if not job.worker), None)
    return jobs if free is None else [free, *(job for job in jobs if job is not free)]


def _as_json(job: NearbyJob) -> dict[str, Any]:
    return {
        "number": job.issue.number,
        "category": str(job.issue.category),
        "address": job.issue.address,
        "state": job.issue.state,
        "lon": round(job.lon, 6),
        "lat": round(job.lat, 6),
        "metres": None if job.metres is None else round(job.metres),
        "wind": job.wind,
        "worker": job.worker,
    }

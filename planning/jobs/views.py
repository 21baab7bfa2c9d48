"""The list of one's jobs, the page of one: how far it is, what came of it, its file, its end."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound
from planning.actions import jobs as actions
from planning.jobs.files import result_of
from planning.models import JobState, PlanJob
from planning.rights import person, staff_only

#: How long nobody has begun before a person is told that the worker may be away.
PATIENCE = timedelta(seconds=30)
ON_A_PAGE = 30


@staff_only
@never_cache
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    rows = PlanJob.objects.visible_to(request.user).select_related("owner")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "planning/jobs/jobs.html", {"page": page})


@staff_only
@never_cache
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found = job_of(request, pk)
    has_file = found.owner_id == person(request).pk and result_of(found) is not None
    told = {"job": found, "has_file": has_file, "nobody_came": nobody_came(found)}
    return render(
        request, "planning/jobs/job.html", told | {"percent": percent(found), "at_work": at_work(found)}
    )


@staff_only
@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """What the page asks for every second while somebody is at work."""
    found = job_of(request, pk)
    return JsonResponse(
        {
            "code": found.state,
            "word": str(JobState(found.state).label),
            "percent": percent(found),
            "at_work": at_work(found),
            "nobody_came": nobody_came(found),
        }
    )


@staff_only
@require_POST
def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    actions.stop(job=job_of(request, pk))
    return redirect("planning:job", pk)


@staff_only
@require_POST
def forget_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a job that has ended, with its file."""
    actions.forget(job=job_of(request, pk))
    return redirect("planning:jobs")


@staff_only
@never_cache
@require_safe
def job_file(request: HttpRequest, pk: int) -> FileResponse:
    """For its owner alone: it was made with the owner's rights."""
    found = job_of(request, pk)
    file = result_of(found) if found.owner_id == person(request).pk else None
    if file is None:
        raise NotFound()
    name = str(found.answer.get("file_name") or file.name)
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)


def job_of(request: HttpRequest, pk: int) -> PlanJob:
    """A job that this person sees; NotFound for the others, as if there were none."""
    rows = PlanJob.objects.visible_to(request.user).select_related("owner")
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotFound()
    return found


def at_work(job: PlanJob) -> bool:
    return job.state in actions.AT_WORK


def percent(job: PlanJob) -> int:
    return round(100 * job.share)


def nobody_came(job: PlanJob) -> bool:
    return job.state == JobState.WAITING and timezone.now() - job.asked_at > PATIENCE

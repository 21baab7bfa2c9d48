"""Who may open the crew's pages, and which issue a crew member may see there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from core.errors import NotAllowed, NotFound
from crews.models import Job, JobState
from issues.models import Issue
from issues.states import FIELD, State
from municipality.roles import require, rights_of

View = Callable[..., HttpResponse]


def field_only(view: View) -> View:
    """Log in first; then only crew members and dispatchers."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, *FIELD)
        return view(request, *args, **kwargs)

    return guarded


def crew_member(request: HttpRequest) -> User:
    """The person behind a request that passed `field_only`."""
    if not isinstance(request.user, User):
        raise NotAllowed()
    return request.user


def issue_for_work(user: User, number: str) -> Issue:
    """The issue, when it is of the person's departments; NotAllowed when only its public side is theirs to see."""
    issue = (
        Issue.objects.visible_to(user)
        .select_related("category", "department", "asset__type")
        .defer("location_web", "asset__location_web")
        .filter(number=number)
        .first()
    )
    if issue is None:
        raise NotFound()
    if not rights_of(user).reaches(issue.department_id, *FIELD):
        raise NotAllowed()
    return issue


def running_job(issue: Issue) -> Job | None:
    """The job under way on this issue; one that the desk overtook does not count."""
    if issue.state != State.IN_PROGRESS:
        return None
    return Job.objects.started().select_related("worker").filter(issue=issue).first()


def own_jobs(user: User) -> list[Job]:
    """What this person has started and not ended, newest first."""
    return list(
        Job.objects.visible_to(user)
        .filter(worker=user, state=JobState.STARTED, issue__state=State.IN_PROGRESS)
        .select_related("issue__category", "issue__asset__type")
        .defer("issue__location_web", "issue__asset__location", "issue__asset__location_web")
    )

"""Who may open which planning pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from core.errors import NotAllowed
from municipality.models import Role
from municipality.roles import require, rights_of

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """Log in first; then everybody who has a role."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rights_of(request.user).is_staff:
            raise NotAllowed()
        return view(request, *args, **kwargs)

    return guarded


def planners_only(view: View) -> View:
    """Log in first; then planners and administrators."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, Role.PLANNER, Role.ADMINISTRATOR)
        return view(request, *args, **kwargs)

    return guarded


def may_plan(user: Any) -> bool:
    return rights_of(user).has(Role.PLANNER, Role.ADMINISTRATOR)


def person(request: HttpRequest) -> User:
    """The person behind a request that passed one of the guards above."""
    if not isinstance(request.user, User):
        raise NotAllowed()
    return request.user

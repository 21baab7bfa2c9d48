"""Who may open the desk: dispatchers and operators, and executives to read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from core.errors import NotAllowed
from municipality.models import Role
from municipality.roles import require

READERS = (Role.DISPATCHER, Role.OPERATOR, Role.EXECUTIVE)
View = Callable[..., HttpResponse]


def desk_only(view: View) -> View:
    """Log in first; then only those whose work is the desk."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, *READERS)
        return view(request, *args, **kwargs)

    return guarded


def desk_user(request: HttpRequest) -> User:
    """The person behind a request that passed `desk_only`."""
    if not isinstance(request.user, User):
        raise NotAllowed()
    return request.user

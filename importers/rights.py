"""Who may open the import pages, and which run they mean."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from core.errors import NotAllowed, NotFound
from importers.models import ImportRun
from importers.querysets import targets_of

View = Callable[..., HttpResponseBase]


def importers_only(view: View) -> View:
    """Log in first; then only those who may import something: planners, asset keepers, administrators."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not targets_of(request.user):
            raise NotAllowed()
        return view(request, *args, **kwargs)

    return guarded


def person(request: HttpRequest) -> User:
    """The person behind a request that passed `importers_only`."""
    if not isinstance(request.user, User):
        raise NotAllowed()
    return request.user


def run_of(request: HttpRequest, pk: int) -> ImportRun:
    """A run that this person sees; NotFound for the others, as if there were none."""
    runs = ImportRun.objects.visible_to(request.user).select_related("user", "revision", "undoes")
    run = runs.filter(pk=pk).first() if pk < 2**63 else None
    if run is None:
        raise NotFound()
    return run

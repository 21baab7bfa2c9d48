"""Pages for what went wrong before or outside a view."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed, NotFound, PortalError
from core.http import error_response


class FormExpired(NotAllowed):
    code = "form_expired"
    sentence = _(
        "This form was open for too long or cookies are switched off. Go back, reload and send it again."
    )


class ServerFailed(PortalError):
    status = 500
    code = "server_failed"
    sentence = _(
        "Something went wrong on our side; it was recorded. Nothing was half-saved. Try again in a minute."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_response(request, FormExpired())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(request, NotFound())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(request, NotAllowed())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too many fields, a broken upload, a foreign host: known before the session is, so drawn without it."""
    return _drawn_alone(PortalError())


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, hence without the session and the database: they may be what failed."""
    return _drawn_alone(ServerFailed())


def _drawn_alone(error: PortalError) -> HttpResponse:
    page = render_to_string("errors/refusal.html", {"error": error, "sentence": str(error)})
    return HttpResponse(page, status=error.status)

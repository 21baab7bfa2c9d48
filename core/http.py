"""The edge: language from the cookie, security headers, and refusals rendered once."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
    UnreadablePostError,
)
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils import translation

from core.errors import MethodNotAllowed, PortalError, UnreadableText

GetResponse = Callable[[HttpRequest], HttpResponse]


def body_of(request: HttpRequest) -> bytes:
    """What was sent; nothing where a form was read from it already."""
    try:
        return request.body
    except RawPostDataException:
        return b""


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def wants_json(request: HttpRequest) -> bool:
    """True when the caller asked for JSON and not for a page."""
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


class SecurityHeadersMiddleware:
    """A strict Content-Security-Policy and Permissions-Policy on every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        return response


class LanguageMiddleware:
    """The language of the cookie, else the municipality's; a browser's list does not decide."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", code)
        return response


class ReadableTextMiddleware:
    """No text with a NUL comes further: PostgreSQL stores none, and nobody types it.

    Stands before the session, whose key is such a text; a cookie with a NUL is left out, other texts are refused.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        try:
            is_readable = "\0" not in request.path and not any(map(_has_nul, (request.GET, request.POST)))
        except UnreadablePostError:  # the connection broke while it was sent
            is_readable = False
        except PortalError as refusal:  # an upload that is not taken
            return error_response(request, refusal)
        return None if is_readable else error_response(request, UnreadableText())


def _has_nul(data: QueryDict) -> bool:
    return any("\0" in text for name, values in data.lists() for text in (name, *map(str, values)))


class PortalErrorMiddleware:
    """Turns a PortalError raised by a view, and a method the view does not take, into a page or JSON."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        refusal = error_response(request, MethodNotAllowed())
        refusal.headers["Allow"] = response.headers["Allow"]
        return refusal

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PortalError):
            return None
        return error_response(request, exception)


def error_response(request: HttpRequest, error: PortalError) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": error.code, "message": str(error)}, status=error.status)
    context = {"error": error, "sentence": str(error)}
    return render(request, "errors/refusal.html", context, status=error.status)

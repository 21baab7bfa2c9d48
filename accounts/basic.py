"""HTTP Basic authentication for programs that know no sign-in page, such as QGIS; below /ogc/ only (decision 0018)."""

import base64
import binascii
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.tries import count_wrong, refuse_guessing
from core.errors import PortalError, TooManyRequests

BELOW = "/ogc/"
CHALLENGE = 'Basic realm="GISPortal", charset="UTF-8"'
KEPT_SECONDS = 300
MOST_KEPT = 1_000


class WrongPassword(PortalError):
    status = 401
    code = "wrong_password"
    sentence = _("This e-mail and password do not match. Check both; capital letters count in the password.")


def is_basic(request: HttpRequest) -> bool:
    """Did the request prove itself who it is by a password of its own, without a session?"""
    return bool(getattr(request, "is_basic", False))


class BasicAuthenticationMiddleware:
    """Whoever sends a password is that user, whatever the session says; a wrong one is refused at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _space, sent = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic" and request.path.startswith(BELOW):
            try:
                request.user = _user_of(request, sent)
            except PortalError as refusal:
                return _refused(refusal)
            request.__dict__["is_basic"] = True
        return self.get_response(request)


def _user_of(request: HttpRequest, sent: str) -> User:
    """Raises WrongPassword, TooManyRequests."""
    name, password = _pair(sent)
    known = _remembered.get(name, password)
    if known is not None:
        return known
    refuse_guessing(request, name)
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        count_wrong(request, name)
        raise WrongPassword()
    _remembered.keep(name, password, user)
    return user


def _pair(sent: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(sent.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise WrongPassword() from error
    name, colon, password = text.partition(":")
    if not colon or "\0" in text or len(text) > 1_000:
        raise WrongPassword()
    return name, password


@dataclass(frozen=True)
class _Proof:
    user_id: int
    stored: str
    until: float


class _Remembered:
    """A password is hashed slowly on purpose, and a map asks dozens of times a minute: what was right stays right for
    a while in this process, known by a keyed digest whose key lives nowhere else. A changed password ends it."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)
        self.proofs: dict[bytes, _Proof] = {}
        self.lock = threading.Lock()

    def get(self, name: str, password: str) -> User | None:
        proof = self.proofs.get(self._digest(name, password))
        if proof is None or proof.until < time.monotonic():
            return None
        user = User.objects.filter(pk=proof.user_id, is_active=True).first()
        return user if user is not None and user.password == proof.stored else None

    def keep(self, name: str, password: str, user: User) -> None:
        with self.lock:
            if len(self.proofs) >= MOST_KEPT:
                self.proofs.clear()
            proof = _Proof(user.pk, user.password, time.monotonic() + KEPT_SECONDS)
            self.proofs[self._digest(name, password)] = proof

    def _digest(self, name: str, password: str) -> bytes:
        return hmac.digest(self.key, f"{name}\0{password}".encode(), "sha256")


_remembered = _Remembered()


def _refused(refusal: PortalError) -> HttpResponse:
    told = {
        "title": type(refusal).__name__,
        "status": refusal.status,
        "detail": str(refusal),
        "code": refusal.code,
    }
    content = json.dumps(told, ensure_ascii=False)
    response = HttpResponse(content, content_type="application/problem+json", status=refusal.status)
    if refusal.status != TooManyRequests.status:
        response.headers["WWW-Authenticate"] = CHALLENGE
    response.headers["Cache-Control"] = "no-store"
    return response

"""Refusals of writing programs, each with the headers that tell what would be taken."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.basic import CHALLENGE
from core.errors import MethodNotAllowed, NotAllowed, PortalError


class SignInNeeded(PortalError):
    status = 401
    code = "sign_in_needed"
    sentence = _("Only planners change features. Give the e-mail and password of your account (HTTP Basic).")
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": CHALLENGE}


class FromElsewhere(NotAllowed):
    code = "from_elsewhere"
    sentence = _(
        "A page of another site may not change anything here. Use a program, or the pages of the portal."
    )


class NotWrittenHere(MethodNotAllowed):
    """`methods` are what this user may ask of this address."""

    sentence = _("This cannot be changed here. An administrator opens a layer for editing in the catalogue.")

    def __init__(self, methods: str) -> None:
        self.headers = {"Allow": methods}
        super().__init__()


class BodyTooLarge(PortalError):
    status = 413
    code = "body_too_large"
    sentence = _("What was sent is larger than %(most)s MB. Simplify the shape, or import a file.")


class NoMediaType(PortalError):
    code = "no_media_type"
    sentence = _("Say in the header Content-Type what was sent: %(choices)s.")


class UnsupportedBody(PortalError):
    status = 415
    code = "unsupported_body"
    sentence = _("“%(given)s” is not taken here. Send %(choices)s.")

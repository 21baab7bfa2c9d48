"""Refusals as facts with a sentence: what is wrong and what to do next, in the reader's language."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PortalError(Exception):
    """A refusal a person can act on; rendered in one place as HTML or JSON (core.http)."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    sentence: str | Promise = _("This request could not be understood. Go back and try again.")

    def __init__(self, sentence: str | Promise | None = None, **facts: object) -> None:
        self.facts = facts
        if sentence is not None:
            self.sentence = sentence
        super().__init__(str(self.sentence))

    def __str__(self) -> str:
        text = str(self.sentence)
        return text % self.facts if self.facts else text


class BadCoordinates(PortalError):
    code = "bad_coordinates"
    sentence = _(
        "These coordinates are not a place on the map. Pick the place on the map or type an address."
    )


class UnreadableText(PortalError):
    code = "unreadable_text"


class MethodNotAllowed(PortalError):
    status = 405
    code = "method_not_allowed"


class NotAllowed(PortalError):
    status = 403
    code = "not_allowed"
    sentence = _("Your account may not do this. Ask the administrator of the portal for the right.")


class NotFound(PortalError):
    status = 404
    code = "not_found"
    sentence = _("There is nothing at this address. It may have moved; try the search or the map.")


class TooManyRequests(PortalError):
    status = 429
    code = "too_many_requests"
    sentence = _("Too many requests came from your connection. Wait a little and try again.")


class Conflict(PortalError):
    status = 409
    code = "conflict"
    sentence = _("Somebody changed this in the meantime. Load the page again and repeat your change.")

"""Refusals of maps as pictures."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class MapTooLarge(PortalError):
    status = 413
    code = "map_too_large"
    sentence = _(
        "A map of %(width)s × %(height)s pixels is too large. Ask for at most %(side)s on a side and"
        " %(pixels)s in all."
    )


class PlaceGivenTwice(PortalError):
    code = "place_given_twice"
    sentence = _("“%(first)s” and “%(second)s” both say where the map is. Give one of them.")


class ScaleGivenTwice(PortalError):
    code = "scale_given_twice"
    sentence = _("With a box, give either a width and height or a scale-denominator, not both.")

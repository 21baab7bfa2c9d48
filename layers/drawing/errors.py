"""Refusals of drawings: what is too much, and what to ask for instead."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class TooMuchToDraw(PortalError):
    code = "too_much_to_draw"
    sentence = _(
        "“%(title)s” has more than %(most)s features here. Choose a smaller area, a larger scale or a filter."
    )

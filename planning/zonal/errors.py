"""Refusals of zonal statistics."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class RasterOfColours(PortalError):
    code = "raster_of_colours"
    sentence = _(
        "“%(title)s” is a picture: its cells are colours, which cannot be summed up. Choose a raster of values."
    )


class NoValues(PortalError):
    code = "no_values"
    sentence = _("“%(title)s” has more than %(most)s different values. Ask without the areas by value.")

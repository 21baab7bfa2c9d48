"""Zooms said as scales, 1:n, at the latitude of the municipality."""

import math

from django.utils.formats import number_format

from core.geo import to_lonlat
from municipality.models import Area

#: Metres of a pixel at zoom 0 on the equator (tiles of 512 pixels), and of a pixel on the screen, as OGC counts both.
EQUATOR, PIXEL = 78271.51696402048, 0.00028
GREECE = 38.3
FIRST, LAST = 5, 22


def scale_at(zoom: float, latitude: float) -> float:
    """The denominator of the scale at which the map is drawn there."""
    return EQUATOR * math.cos(math.radians(latitude)) / 2**zoom / PIXEL


def home_latitude() -> float:
    home = Area.objects.home()
    if home is None:
        return GREECE
    _west, south, _east, north = to_lonlat(home.boundary).extent
    return float(south + north) / 2


def scale_choices() -> list[tuple[str, str]]:
    """Zooms as values of a form, each with its scale to two figures: 1:14,000."""
    latitude = home_latitude()
    return [(str(zoom), f"1:{_said(scale_at(zoom, latitude))}") for zoom in range(FIRST, LAST + 1)]


def _said(scale: float) -> str:
    digits = 1 - math.floor(math.log10(scale))
    return number_format(int(round(scale, digits)), use_l10n=True, force_grouping=True)

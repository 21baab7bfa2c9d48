"""Words of printed maps: numbers with groups, and the name of the coordinate system."""

import pyproj
from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()
NAMES = {"GGRS87 / Greek Grid": "ΕΓΣΑ87"}


@register.filter
def grouped(value: float) -> str:
    """1000 as the reader's language writes it."""
    return number_format(f"{value:.10g}", use_l10n=True, force_grouping=True)


@register.simple_tag
def crs_words() -> str:
    """Which coordinate system the map and its grid are in."""
    srid = settings.STORAGE_SRID
    known = pyproj.CRS.from_epsg(srid).name
    name = NAMES.get(known, known)
    return _("%(name)s, EPSG:%(srid)s") % {"name": name, "srid": srid}

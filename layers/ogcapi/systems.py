"""The coordinate systems of the API: their URIs, and the order of axes that each authority says."""

from dataclasses import dataclass
from functools import cache

import pyproj
from django.conf import settings
from django.utils.translation import gettext as _

from core.geo import CRS84, WEB_MERCATOR
from layers.ogcapi.errors import bad_value

CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DEGREE_GRID, METRE_GRID = 1e-9, 1e-4
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True)
class Crs:
    """`srid` is PostGIS' number, whose x is east; `is_flipped` when the authority puts north first. `grid` is
    a tenth of a millimetre in the system's unit."""

    uri: str
    srid: int
    is_flipped: bool
    grid: float

    @property
    def is_storage(self) -> bool:
        return self.srid == settings.STORAGE_SRID

    @property
    def is_degrees(self) -> bool:
        return self.srid == CRS84


@cache
def systems() -> dict[str, Crs]:
    """By URI, in the order of the collections: CRS84, EPSG:4326, the storage CRS, web Mercator."""
    listed = [
        Crs(CRS84_URI, CRS84, False, DEGREE_GRID),
        *map(_epsg, (CRS84, settings.STORAGE_SRID, WEB_MERCATOR)),
    ]
    return {crs.uri: crs for crs in listed}


def storage_crs() -> Crs:
    return systems()[f"{EPSG}{settings.STORAGE_SRID}"]


def crs84() -> Crs:
    return systems()[CRS84_URI]


def crs_named(parameter: str, text: str) -> Crs:
    """The system with this URI, also as a safe CURIE in brackets; raises BadValue for one that is not offered."""
    found = systems().get(_uri(text.strip()))
    if found is None:
        hint = _("Choose one of: %(choices)s.") % {"choices": ", ".join(systems())}
        raise bad_value(parameter, text, hint)
    return found


def _uri(text: str) -> str:
    if not (text.startswith("[") and text.endswith("]")):
        return text
    authority, _colon, code = text[1:-1].partition(":")
    return {"EPSG": f"{EPSG}{code}", "OGC": f"http://www.opengis.net/def/crs/OGC/1.3/{code}"}.get(
        authority, text
    )


def _epsg(srid: int) -> Crs:
    crs = pyproj.CRS.from_epsg(srid)
    is_flipped = crs.axis_info[0].direction.lower() in {"north", "south"}
    return Crs(f"{EPSG}{srid}", srid, is_flipped, DEGREE_GRID if crs.is_geographic else METRE_GRID)

"""Where a map is: `bbox`, `subset` or `center`, each in its own system, else all that there is."""

import math
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.geo import CRS84
from layers.drawing.frames import moved_box, moves
from layers.ogcapi.boxes import parse_box
from layers.ogcapi.errors import bad_value
from layers.ogcapi.maps.errors import PlaceGivenTwice
from layers.ogcapi.systems import Crs, crs84, crs_named

Bounds = tuple[float, float, float, float]
PLACES = ("bbox", "subset", "center")
INTERVAL = re.compile(r"\s*([A-Za-z]{1,20})\(\s*([^:()\s]{1,40})\s*:\s*([^:()\s]{1,40})\s*\)\s*")
ACROSS = {"lon", "long", "longitude", "x", "e", "east", "easting"}
UPWARDS = {"lat", "latitude", "y", "n", "north", "northing"}


def one_place(given: Mapping[str, str]) -> str:
    """The parameter that says where, or nothing. Raises PlaceGivenTwice."""
    named = [name for name in PLACES if name in given]
    if len(named) > 1:
        raise PlaceGivenTwice(first=named[0], second=named[1])
    return named[0] if named else ""


def bounds_asked(given: Mapping[str, str], crs: Crs, whole: Bounds) -> Bounds | None:
    """West, south, east, north in `crs` as a bbox or a subset says; `whole` fills open ends. Raises BadValue."""
    if "bbox" in given:
        there = crs_of(given, "bbox-crs")
        box = parse_box(given["bbox"], there)
        if not (box.west < box.east and box.south < box.north):
            hint = _("A map needs a box with a surface, the west before the east.")
            raise bad_value("bbox", given["bbox"], hint)
        return moved((box.west, box.south, box.east, box.north), there, crs, "bbox", given["bbox"])
    if "subset" in given:
        there = crs_of(given, "subset-crs")
        part = subset(given["subset"], there, moved(whole, crs, there, "subset", given["subset"]))
        return moved(part, there, crs, "subset", given["subset"])
    return None


def center_asked(given: Mapping[str, str], crs: Crs) -> tuple[float, float] | None:
    """Raises BadValue."""
    if "center" not in given:
        return None
    text, there = given["center"], crs_of(given, "center-crs")
    hint = _("Give two numbers with a comma between them, in the order of the coordinate system.")
    try:
        first, second = (float(part) for part in text.split(","))
    except ValueError as error:
        raise bad_value("center", text, hint) from error
    x, y = (second, first) if there.is_flipped else (first, second)
    west, south, east, north = moved((x, y, x, y), there, crs, "center", text)
    return (west + east) / 2, (south + north) / 2


def crs_of(given: Mapping[str, str], parameter: str) -> Crs:
    return crs_named(parameter, given[parameter]) if parameter in given else crs84()


def subset(text: str, crs: Crs, whole: Bounds) -> Bounds:
    """`Lat(40:41),Lon(23:24)`, or x and y of a plane; `*` leaves an end open. Raises BadValue."""
    hint = _("Write an axis with its smallest and largest value, such as Lat(40:41),Lon(23:24).")
    west, south, east, north = whole
    for part in re.split(r",(?![^(]*\))", text):
        found = INTERVAL.fullmatch(part)
        if found is None:
            raise bad_value("subset", text, hint)
        axis = found[1].lower()
        if axis in ACROSS and crs.is_degrees == axis.startswith("lon"):
            west, east = _ends(found, text, (west, east))
        elif axis in UPWARDS and crs.is_degrees == axis.startswith("lat"):
            south, north = _ends(found, text, (south, north))
        else:
            raise bad_value("subset", text, _("The system of the subset has no axis “%s”.") % found[1])
    return west, south, east, north


def _ends(found: re.Match[str], text: str, whole: tuple[float, float]) -> tuple[float, float]:
    try:
        low, high = (
            open_end if part == "*" else float(part)
            for part, open_end in zip(found.groups()[1:], whole, strict=True)
        )
    except ValueError as error:
        raise bad_value(
            "subset", text, _("The ends of an interval are numbers, or * for an open end.")
        ) from error
    if not low < high:
        raise bad_value("subset", text, _("An interval begins with its smaller end."))
    return low, high


def moved(bounds: Bounds, source: Crs, target: Crs, parameter: str, text: str) -> Bounds:
    """A box in another system. Raises BadValue for one that has no place there."""
    found = moved_box(bounds, source.srid, target.srid)
    if found is None:
        hint = _("It lies outside of the system of the map, %s. Ask for a smaller one.") % target.uri
        raise bad_value(parameter, text, hint)
    return found


def metres_to_a_unit(crs: Crs, bounds: Bounds) -> float:
    """How many metres on the ground one unit of the CRS is across the middle of a box."""
    if crs.is_storage:
        return 1.0
    middle = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    _lon, lat = moves(crs.srid, CRS84).transform(*middle)
    narrower = max(math.cos(math.radians(lat)), 0.01)
    return narrower * (111_319.490793 if crs.is_degrees else 1.0)

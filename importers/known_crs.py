"""Coordinate systems of Greek files that have no code of their own, and the match of a `.prj` by its parameters."""

import re
from dataclasses import dataclass
from functools import cache

import pyproj
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import AzimuthalEquidistantConversion, TransverseMercatorConversion

GREEK_GRID = "EPSG:2100"
HTRS07 = "HTRS07"
UNSHIFTED = "GGRS87-UNSHIFTED"
HATT = re.compile(r"^HATT:(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)$", re.IGNORECASE)
GREEK_DATUM, EUROPEAN_DATUM, WORLD_DATUM = "EPSG:4120", "EPSG:4258", "EPSG:4326"
ATHENS_LONGITUDE = 23.7163375
# By the EPSG codes of a transverse Mercator's parameters: latitude, longitude, scale, false easting and northing.
PARAMETERS = ("8801", "8802", "8805", "8806", "8807")
GREEK_GRID_VALUES = (0.0, 24.0, 0.9996, 500_000.0, 0.0)
HTRS07_VALUES = (0.0, 24.0, 0.9996, 500_000.0, -2_000_000.0)
GRS80 = (6_378_137.0, 298.257222101)
WORLD_DATUMS = ("world geodetic system 1984", "wgs")
EUROPEAN_DATUMS = ("european terrestrial reference system 1989", "etrs")


@dataclass(frozen=True)
class Match:
    """The system that the parameters of a file tell; `code` of MESSAGES says what a person should know of it."""

    crs: pyproj.CRS
    message: str = ""


def by_name(name: str) -> pyproj.CRS | None:
    """A system that is asked for by one of our names: HTRS07, GGRS87-UNSHIFTED, HATT:latitude,longitude (the middle
    of the sheet, degrees, longitude from Athens)."""
    if name.upper() in (HTRS07, UNSHIFTED):
        return _transverse(name.upper())
    sheet = HATT.match(name)
    return hatt(float(sheet[1]), float(sheet[2])) if sheet else None


@cache
def _transverse(name: str) -> pyproj.CRS:
    """HTRS07/TM07 on ETRS89; or the projection of the Greek Grid laid on WGS84, as files are that lost the datum."""
    values = HTRS07_VALUES if name == HTRS07 else GREEK_GRID_VALUES
    base = EUROPEAN_DATUM if name == HTRS07 else WORLD_DATUM
    title = "HTRS07 / TM07" if name == HTRS07 else "Greek Grid without datum shift"
    return ProjectedCRS(TransverseMercatorConversion(*_named(values)), f"{title} ({name})", geodetic_crs=base)


def _named(values: tuple[float, ...]) -> tuple[float, float, float, float, float]:
    """As pyproj wants them: latitude, longitude, false easting, false northing, scale."""
    latitude, longitude, scale, east, north = values
    return latitude, longitude, east, north, scale


@cache
def hatt(latitude: float, from_athens: float) -> pyproj.CRS:
    """The Hatt projection of a sheet around a middle (degrees), on the old Greek datum: good to about 5 m."""
    conversion = AzimuthalEquidistantConversion(latitude, ATHENS_LONGITUDE + from_athens)
    title = f"Hatt sheet (HATT:{latitude:g},{from_athens:g})"
    return ProjectedCRS(conversion, title, geodetic_crs=GREEK_DATUM)


def matched(crs: pyproj.CRS) -> Match:
    """The system itself, or the one that its parameters mean where its names say nothing."""
    base = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    values = _values(base)
    if values is None or (crs.to_epsg() is not None and not has_unknown_datum(crs)):
        return Match(crs)
    if _near(values, HTRS07_VALUES):
        return Match(_transverse(HTRS07), "crs_matched")
    if not _near(values, GREEK_GRID_VALUES):
        return Match(crs)
    if crs.is_bound:
        return _by_shift(crs)
    datum = _datum(base)
    if datum.startswith((*WORLD_DATUMS, *EUROPEAN_DATUMS)):
        return Match(crs, "crs_unshifted")
    return Match(pyproj.CRS.from_user_input(GREEK_GRID), "crs_matched") if _on_grs80(base) else Match(crs)


def has_unknown_datum(crs: pyproj.CRS) -> bool:
    """A datum called “unknown”, and no way from it to another. PROJ takes it for whichever datum it is asked to go
    to, as if nothing lay between, and finds it a code by that."""
    return not crs.is_bound and _datum(crs).startswith("unknown")


def _by_shift(crs: pyproj.CRS) -> Match:
    """A projection that brings its own way to WGS84: the Greek Grid's, or none."""
    operation = crs.coordinate_operation
    shift = operation.towgs84 if operation is not None else []
    if not any(shift):
        return Match(crs, "crs_unshifted")
    ours = (-199.87, 74.79, 246.62)
    is_greek = all(abs(a - b) < 1 for a, b in zip(shift, ours, strict=False))
    return Match(pyproj.CRS.from_user_input(GREEK_GRID), "crs_matched") if is_greek else Match(crs)


def _values(crs: pyproj.CRS) -> tuple[float, ...] | None:
    """The five numbers of a transverse Mercator in degrees and metres; None for other projections."""
    operation = crs.coordinate_operation
    if not crs.is_projected or operation is None or operation.method_name != "Transverse Mercator":
        return None
    found = {str(item.code): item.value for item in operation.params}
    return tuple(float(found.get(code, 0.0)) for code in PARAMETERS)


def _near(values: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return all(abs(a - b) < 1e-6 * max(1.0, abs(b)) for a, b in zip(values, wanted, strict=True))


def _datum(crs: pyproj.CRS) -> str:
    datum = crs.geodetic_crs.datum if crs.geodetic_crs is not None else None
    return (datum.name if datum is not None else "").lower().removeprefix("d_").replace("_", " ")


def _on_grs80(crs: pyproj.CRS) -> bool:
    ellipsoid = crs.ellipsoid
    if ellipsoid is None:
        return False
    return (
        abs(ellipsoid.semi_major_metre - GRS80[0]) < 1 and abs(ellipsoid.inverse_flattening - GRS80[1]) < 1e-5
    )


def remark(name: str) -> str | Promise:
    """What a person should know before choosing one of our names."""
    if HATT.match(name):
        return _(
            "good to about 5 m, and only if this is the sheet of the file; better have it converted to EPSG:2100"
        )
    if name == HTRS07:
        return _("good to about 2 m without the grids of the cadastre")
    return ""

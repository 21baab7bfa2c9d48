"""Coordinate systems told by their numbers where their names say nothing, and asked for by names of ours."""

import pyproj
import pytest

from importers.crs import crs_named, placement
from importers.errors import CrsInexact, CrsUnknown

BASE = (
    'GEOGCS["{name}",DATUM["{name}",SPHEROID["GRS 1980",6378137,298.257222101]{shift}],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]]'
)
PROJECTION = (
    'PROJCS["odd",{base},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",{meridian}],PARAMETER["scale_factor",{scale}],PARAMETER["false_easting",500000],'
    'PARAMETER["false_northing",{north}],UNIT["metre",1]]'
)
GREEK_SHIFT = ",TOWGS84[-199.87,74.79,246.62,0,0,0,0]"
NO_SHIFT = ",TOWGS84[0,0,0,0,0,0,0]"


def odd(
    name: str = "unknown", shift: str = "", *, meridian: int = 24, scale: float = 0.9996, north: int = 0
) -> str:
    base = BASE.format(name=name, shift=shift)
    return PROJECTION.format(base=base, meridian=meridian, scale=scale, north=north)


@pytest.mark.parametrize(
    ("text", "name", "remark"),
    [
        (odd(), "GGRS87 / Greek Grid (EPSG:2100)", "crs_matched"),
        (odd(shift=GREEK_SHIFT), "GGRS87 / Greek Grid (EPSG:2100)", "crs_matched"),
        (odd(shift=NO_SHIFT), "odd", "crs_unshifted"),
        (odd("D_WGS_1984"), "odd", "crs_unshifted"),
        (odd("D_ETRS_1989"), "odd", "crs_unshifted"),
        (odd(north=-2_000_000), "HTRS07 / TM07 (HTRS07)", "crs_matched"),
        (odd("D_ETRS_1989", north=-2_000_000), "HTRS07 / TM07 (HTRS07)", "crs_matched"),
        ("EPSG:2100", "GGRS87 / Greek Grid (EPSG:2100)", ""),
        ("EPSG:32634", "WGS 84 / UTM zone 34N (EPSG:32634)", ""),
    ],
)
def test_a_system_is_matched_by_its_numbers(text: str, name: str, remark: str) -> None:
    found = placement(text, "")
    assert (found.name, found.remark) == (name, remark)


@pytest.mark.parametrize("text", [odd(meridian=23), odd(scale=1.0)])
def test_other_numbers_on_an_unknown_datum_are_not_guessed(text: str) -> None:
    with pytest.raises(CrsInexact):
        placement(text, "")


def test_htrs07_lies_where_its_grid_says() -> None:
    """A place by its degrees on ETRS89, and by HTRS07/TM07: the same as the Greek Grid's numbers, but for the datum."""
    way = pyproj.Transformer.from_crs("EPSG:4258", crs_named("HTRS07"), always_xy=True)
    east, north = way.transform(24.0, 38.0)
    assert east == pytest.approx(500_000)
    arc = pyproj.Geod(ellps="GRS80").line_length([24, 24], [0, 38])
    assert north == pytest.approx(0.9996 * arc - 2_000_000, abs=0.001)


def test_the_middle_of_a_hatt_sheet_is_its_origin() -> None:
    way = pyproj.Transformer.from_crs(crs_named("HATT:38.25,-1.75"), "EPSG:4120", always_xy=True)
    lon, lat = way.transform(0, 0)
    assert (lon, lat) == (pytest.approx(23.7163375 - 1.75), pytest.approx(38.25))
    # Distances from the middle are true.
    assert pyproj.Geod(ellps="bessel").inv(lon, lat, *way.transform(3000, 4000))[2] == pytest.approx(
        5000, abs=0.01
    )


@pytest.mark.parametrize(
    "text", ["HATT:", "HATT:38,abc", "HATT:/etc/passwd,1", "HTRS", "/etc/passwd", "+proj=utm"]
)
def test_names_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(CrsUnknown):
        crs_named(text)

"""Files that lie somewhere else than they say, or do not say where."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from importers.crs import crs_named
from importers.sources import ReadOptions
from tests.importers.defects.saying import Defect, check_english, check_greek, each, told
from tests.importers.files import in_degrees, square, write
from tests.importers.layers import current, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

KEYS = ["1", "2", "3", "4"]
SQUARES = [square(4000 + 700 * index, 4000) for index in range(4)]
GEOGCS = (
    'GEOGCS["{name}",DATUM["{name}",SPHEROID["{spheroid}",6378137.0,{flattening}]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]]'
)
PRJ = (
    'PROJCS["{title}",{base},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",{north}],PARAMETER["Central_Meridian",24.0],PARAMETER["Scale_Factor",0.9996],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
UNNAMED = GEOGCS.format(name="unknown", spheroid="GRS_1980", flattening="298.257222101")
WGS84 = GEOGCS.format(name="D_WGS_1984", spheroid="WGS_1984", flattening="298.257223563")
HTRS07_PRJ = PRJ.format(title="HTRS07_TM07", base=UNNAMED, north="-2000000.0")
GRID_PRJ = PRJ.format(title="EGSA 87", base=UNNAMED, north="0.0")
UNSHIFTED_PRJ = PRJ.format(title="EGSA87", base=WGS84, north="0.0")


def moved_to(crs: str, shapes: list[shapely.Polygon]) -> list[shapely.Geometry]:
    """The shapes as a file in that system holds them."""
    way = pyproj.Transformer.from_crs("EPSG:2100", crs_named(crs), always_xy=True)
    return [
        shapely.transform(shape, lambda xy: np.column_stack(way.transform(xy[:, 0], xy[:, 1])))
        for shape in shapes
    ]


def file_in(crs: str, prj: str = "", shapes: list[shapely.Polygon] = SQUARES) -> Callable[[Path], Path]:
    """A Shapefile in a system; without `prj` it names none."""

    def make(folder: Path) -> Path:
        keys = KEYS[: len(shapes)]
        path = write(folder / "parcels.shp", moved_to(crs, shapes), {"KEY": keys}, crs=None)
        if prj:
            path.with_suffix(".prj").write_text(prj)
        return path

    return make


def swapped_kml(folder: Path) -> Path:
    """A KML whose author wrote latitude first."""
    places = []
    for key, shape in zip(KEYS, SQUARES, strict=True):
        lon, lat = in_degrees(shape.centroid).coords[0]
        places.append(
            f"<Placemark><name>{key}</name><Point><coordinates>{lat},{lon}</coordinates></Point></Placemark>"
        )
    path = folder / "places.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        + "".join(places)
        + "</Document></kml>"
    )
    return path


def says_utm(folder: Path) -> Path:
    return write(folder / "parcels.gpkg", SQUARES, {"KEY": KEYS}, crs="EPSG:32634")


def partly_outside(folder: Path) -> Path:
    shapes = [*SQUARES[:3], square(40_000, 0)]
    return write(folder / "parcels.gpkg", shapes, {"KEY": KEYS})


def a_drawing(folder: Path) -> Path:
    return write(folder / "drawing.shp", [shapely.box(900_000, 0, 900_100, 50)], {"KEY": ["1"]}, crs=None)


NAMES_NONE = (
    "The file does not name its coordinate system. Ask where it comes from and give it with --source-crs, for example "
    "--source-crs EPSG:2100. "
)
DEFECTS = [
    Defect(
        "no coordinate system",
        file_in("EPSG:2100"),
        "crs_missing",
        NAMES_NONE
        + "4 of 4 points fall in the municipality as GGRS87 / Greek Grid (EPSG:2100), 4 as Greek Grid "
        "without datum shift (GGRS87-UNSHIFTED), 0 as WGS 84 / UTM zone 34N (EPSG:32634).",
        ("--source-crs EPSG:2100", "4", "WGS 84 / UTM zone 34N (EPSG:32634)"),
    ),
    Defect(
        "HTRS07 in a .prj without a code",
        file_in("HTRS07", HTRS07_PRJ),
        "crs_matched",
        "The coordinate system of the file has no known name or code; by its numbers it is HTRS07 / TM07 (HTRS07).",
        ("HTRS07 / TM07 (HTRS07)",),
    ),
    Defect(
        "the Greek Grid in a .prj without names",
        file_in("EPSG:2100", GRID_PRJ),
        "crs_matched",
        "The coordinate system of the file has no known name or code; by its numbers it is GGRS87 / Greek Grid "
        "(EPSG:2100).",
        ("GGRS87 / Greek Grid (EPSG:2100)",),
    ),
    Defect(
        "the Greek Grid on the datum of WGS84",
        file_in("EPSG:2100", UNSHIFTED_PRJ),
        "crs_unshifted",
        "The file has the projection of the Greek Grid on the datum of WGS84, that is without the shift to GGRS87. "
        "Mostly such a file is really EPSG:2100 and would come to lie about 325 m off: compare it with the map, and "
        "if it is so, import it with --source-crs EPSG:2100.",
        ("WGS84", "ΕΓΣΑ87", "325", "--source-crs EPSG:2100"),
    ),
    Defect(
        "a Hatt sheet",
        file_in("HATT:38.25,-1.75"),
        "crs_missing",
        NAMES_NONE + "4 of 4 points fall in the municipality as Hatt sheet (HATT:38.25,-1.75), 0 as GGRS87 / "
        "Greek Grid (EPSG:2100), 0 as WGS 84 / UTM zone 34N (EPSG:32634).",
        ("4", "--source-crs"),
    ),
    Defect(
        "a drawing of its own",
        a_drawing,
        "crs_missing",
        NAMES_NONE
        + "None of the usual coordinate systems puts any of it in the municipality: it may be of another "
        "place, or a drawing with an origin of its own, which its author must place first.",
        ("--source-crs EPSG:2100",),
    ),
    Defect(
        "latitude before longitude in KML",
        swapped_kml,
        "axes_swapped",
        "The file seems to give latitude before longitude: as it stands nothing falls inside the municipality, the "
        "other way round 100 % does. Import it with --swap-axes.",
        ("100", "--swap-axes"),
        order={"key": "name"},
    ),
    Defect(
        "another system than the file says",
        says_utm,
        "crs_other_fits",
        "The coordinate system looks wrong: as WGS 84 / UTM zone 34N (EPSG:32634) hardly anything falls in the "
        "municipality, as GGRS87 / Greek Grid (EPSG:2100) nearly everything does. If that is right, import it with "
        "--source-crs EPSG:2100.",
        ("WGS 84 / UTM zone 34N (EPSG:32634)", "--source-crs EPSG:2100"),
    ),
    Defect(
        "a shape far away",
        partly_outside,
        "outside",
        "Shapes wholly outside the boundary of the municipality: 1.",
        ("1",),
    ),
]


@each(DEFECTS)
def test_the_defect_is_told(defect: Defect, tmp_path: Path) -> None:
    check_english(defect, tmp_path)


@each(DEFECTS)
def test_the_defect_is_told_in_greek(defect: Defect, tmp_path: Path) -> None:
    check_greek(defect, tmp_path)


SHIFTED = (
    "The shapes lie 325 m from those held under the same keys, all the same way, and just as far as a missing datum "
    "shift moves them. Ask where the file comes from, and try it with --source-crs {crs}."
)


@pytest.mark.parametrize(
    ("system", "prj", "right"),
    [
        ("GGRS87-UNSHIFTED", GRID_PRJ, "GGRS87-UNSHIFTED"),
        ("EPSG:2100", UNSHIFTED_PRJ, "EPSG:2100"),
    ],
)
@pytest.mark.parametrize("language", ["en", "el"])
def test_a_missing_datum_shift_shows_against_what_is_held(
    tmp_path: Path, system: str, prj: str, right: str, language: str
) -> None:
    load(write(tmp_path / "held.gpkg", SQUARES, {"KEY": KEYS}), key="KEY")
    found = told(file_in(system, prj)(tmp_path), language, {}, {"key": "KEY"})
    message = found.messages["offset_shift"]
    assert (message == SHIFTED.format(crs=right)) == (language == "en")
    assert "325" in message
    assert f"--source-crs {right}" in message
    offset = found.report.evidence["changes"]["offset"]
    assert (offset["shapes"], offset["crs"]) == (4, right)
    assert offset["metres"] == pytest.approx(325, abs=1)


def test_another_constant_offset_is_told_without_a_reason(tmp_path: Path) -> None:
    load(write(tmp_path / "held.gpkg", SQUARES, {"KEY": KEYS}), key="KEY")
    moved = [shapely.transform(shape, lambda xy: np.add(xy, (30, 40))) for shape in SQUARES]
    found = told(write(tmp_path / "moved.gpkg", moved, {"KEY": KEYS}), "en", {}, {"key": "KEY"})
    assert found.messages["offset"].startswith("The shapes lie 50 m from those held under the same keys")
    assert "offset_shift" not in found.messages


def test_shapes_that_move_each_their_own_way_have_no_offset(tmp_path: Path) -> None:
    load(write(tmp_path / "held.gpkg", SQUARES, {"KEY": KEYS}), key="KEY")
    moved = [square(4000 + 700 * index + 90 * (-1) ** index, 4000) for index in range(4)]
    found = told(write(tmp_path / "moved.gpkg", moved, {"KEY": KEYS}), "en", {}, {"key": "KEY"})
    assert found.report.evidence["changes"]["offset"] is None
    assert found.report.evidence["changes"]["geometry_changed"] == 4


@pytest.mark.parametrize("crs", ["HTRS07", "HATT:38.25,-1.75", "GGRS87-UNSHIFTED", "EPSG:3035", "EPSG:23034"])
def test_a_system_that_is_named_puts_the_shapes_where_they_belong(tmp_path: Path, crs: str) -> None:
    load(file_in(crs)(tmp_path), key="KEY", options=ReadOptions(source_crs=crs))
    for key, shape in zip(KEYS, SQUARES, strict=True):
        geom = current()[key].geom
        assert geom is not None
        assert shapely.hausdorff_distance(shapely.from_wkb(bytes(geom.wkb)), shape) < 0.01


def test_the_check_goes_on_with_the_system_that_fits(tmp_path: Path) -> None:
    found = told(file_in("EPSG:2100")(tmp_path), "en", {}, {"key": "KEY"}).report.evidence
    assert (found["crs"]["chosen"], found["assumed_crs"]) == ("", "EPSG:2100")
    assert len(found["sample"]["features"]) == 4
    west, south, east, north = found["extent"]
    assert 21.7 < west < east < 21.8
    assert 38.2 < south < north < 38.3


def test_candidates_of_one_kind_lie_apart_as_far_as_they_say(tmp_path: Path) -> None:
    path = write(tmp_path / "parcels.gpkg", SQUARES, {"KEY": KEYS})
    found = {
        one["code"]: one for one in told(path, "en", {}, {"key": "KEY"}).report.evidence["crs"]["candidates"]
    }
    assert found["EPSG:2100"]["chosen"]
    assert found["EPSG:2100"]["inside_share"] == 1
    assert found["GGRS87-UNSHIFTED"]["metres_away"] == pytest.approx(325, abs=1)
    assert found["EPSG:32634"]["inside"] == 0

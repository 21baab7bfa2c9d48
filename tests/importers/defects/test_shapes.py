"""Shapes that are broken, thin, doubled, too tall, or in each other's way."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from tests.importers.defects.saying import Defect, check_english, check_greek, each, told
from tests.importers.files import bowtie, in_degrees, point, square, write, write_geojson
from tests.importers.layers import load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

KEYS = ["1", "2", "3", "4"]


def shapes(*given: shapely.Geometry | None, geometry_type: str = "Polygon") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        fields = {"KEY": KEYS[: len(given)]}
        return write(folder / "parcels.gpkg", list(given), fields, geometry_type=geometry_type)

    return make


def same_rows(folder: Path) -> Path:
    records = [{"use": "park"}, {"use": "park"}, {"use": "school"}]
    return write_geojson(folder / "a.geojson", [square(0, 0)] * 3, records)


def with_measures(folder: Path) -> Path:
    """GDAL writes no M here, so the words of the file are written by hand: a Shapefile of one PointM."""
    path = write(folder / "points.shp", [point(10, 10)], {"KEY": ["1"]}, geometry_type="Point")
    x, y = point(10, 10).x, point(10, 10).y
    numbers = b"".join(_double(value) for value in (x, y, 7.0))
    content = (21).to_bytes(4, "little") + numbers
    record = (1).to_bytes(4, "big") + (len(content) // 2).to_bytes(4, "big") + content
    head = bytearray(path.read_bytes()[:100])
    head[24:28] = ((100 + len(record)) // 2).to_bytes(4, "big")
    head[32:36] = (21).to_bytes(4, "little")
    path.write_bytes(bytes(head) + record)
    index = bytearray(path.with_suffix(".shx").read_bytes())
    index[32:36] = (21).to_bytes(4, "little")
    index[104:108] = (len(content) // 2).to_bytes(4, "big")
    path.with_suffix(".shx").write_bytes(bytes(index))
    return path


def _double(value: float) -> bytes:
    return struct.pack("<d", value)


def ring_that_stays_open(folder: Path) -> Path:
    path = write_geojson(folder / "a.geojson", [square(0, 0), square(200, 0)], [{"KEY": "1"}, {"KEY": "2"}])
    first = list(in_degrees(square(0, 0)).exterior.coords)
    text = path.read_text()
    opened = f", [{first[-1][0]}, {first[-1][1]}]]]"
    assert opened in text
    path.write_text(text.replace(opened, "]]", 1))
    return path


HOLED = square(0, 0, 100).difference(square(40, 40, 20))
DEFECTS = [
    Defect(
        "an outline that crosses itself",
        shapes(bowtie(0, 0), square(300, 0)),
        "repaired",
        "Repaired: the outline crosses itself. Area before 5000.0 m², after 5000.0 m². Other programs may say 0.0 m² "
        "before, because loops that run opposite ways cancel out there.",
        ("5000.0", "0.0"),
    ),
    Defect(
        "a ring that does not close",
        ring_that_stays_open,
        "bad_geometry",
        "The geometry cannot be read, as when a ring is not closed.",
    ),
    Defect(
        "a polygon without an area",
        shapes(shapely.Polygon([(3e5, 42e5), (3e5 + 9, 42e5), (3e5, 42e5)]), square(0, 0)),
        "collapsed",
        "Nothing is left of the geometry after the repair (an outline or line has too few points).",
    ),
    Defect(
        "no geometry at all",
        shapes(square(0, 0), None, shapely.Polygon()),
        "no_geometry",
        "The row has no geometry.",
    ),
    Defect(
        "heights",
        shapes(shapely.force_3d(square(0, 0), 12), geometry_type="Polygon Z"),
        "with_z",
        "Shapes with heights (Z), which are left out: 1.",
        ("Z", "1"),
    ),
    Defect(
        "measures", with_measures, "with_m", "Shapes with measures (M), which are left out: 1.", ("M", "1")
    ),
    Defect(
        "two parcels on one ground",
        shapes(square(0, 0), square(90, 0), square(500, 0)),
        "overlaps",
        "Pairs of shapes that overlap by more than 1 m²: 1, together 1000.0 m².",
        ("1", "1000.0"),
    ),
    Defect(
        "a parcel thin as a thread",
        shapes(square(0, 0), shapely.box(300000, 4230300, 300100, 4230300.2)),
        "slivers",
        "Shapes with parts thinner than half a metre: 1.",
        ("1",),
    ),
    Defect(
        "a gap between parcels",
        shapes(
            shapely.box(300000, 4230000, 300050, 4230100),
            shapely.box(300050.4, 4230010, 300100, 4230100),
            shapely.box(300050, 4230000, 300100, 4230010),
            shapely.box(300000, 4230100, 300100, 4230150),
        ),
        "gaps",
        "Gaps between shapes that are thinner than a metre: 1, together 36.0 m².",
        ("1", "36.0"),
    ),
    Defect(
        "a row that is there twice",
        same_rows,
        "duplicates",
        "Rows that repeat an earlier one, shape and content: 1.",
        ("1",),
        order={"key": ""},
    ),
    Defect(
        "two rows with one shape",
        same_rows,
        "same_geometry",
        "Rows with exactly the shape of an earlier one, but other content: 1.",
        ("1",),
        order={"key": ""},
    ),
]


@each(DEFECTS)
def test_the_defect_is_told(defect: Defect, tmp_path: Path) -> None:
    check_english(defect, tmp_path)


@each(DEFECTS)
def test_the_defect_is_told_in_greek(defect: Defect, tmp_path: Path) -> None:
    check_greek(defect, tmp_path)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "The row holds points where polygons are expected."),
        ("el", "Η γραμμή έχει σημεία εκεί όπου αναμένονται πολύγωνα."),
    ],
)
def test_points_among_polygons_are_told(tmp_path: Path, language: str, says: str) -> None:
    load(shapes(square(0, 0))(tmp_path), key="KEY")
    mixed = write(
        tmp_path / "mixed.gpkg", [square(0, 0), point(5, 5)], {"KEY": ["1", "2"]}, geometry_type="Unknown"
    )
    found = told(mixed, language, {}, {"key": "KEY"})
    assert found.messages["other_geometry"] == says
    assert found.report.evidence["geometry"]["types"] == {"Polygon": 1, "Point": 1}


def test_neighbours_that_only_touch_are_no_defect(tmp_path: Path) -> None:
    path = shapes(square(0, 0), square(100, 0), HOLED)(tmp_path)
    found = told(path, "en", {}, {"key": "KEY"}).report.evidence["geometry"]
    touching = told(shapes(square(0, 0), square(100, 0))(tmp_path), "en", {}, {"key": "KEY"}).report.evidence
    assert (touching["geometry"]["overlaps"], touching["geometry"]["gaps"]) == (0, 0)
    assert (found["overlaps"], found["overlap_m2"]) == (1, 9600)


def test_where_nobody_looked_the_numbers_are_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.evidence.neighbours.MOST_POLYGONS", 1)
    found = told(shapes(square(0, 0), square(50, 0))(tmp_path), "en", {}, {"key": "KEY"})
    assert found.report.evidence["geometry"]["overlaps"] is None
    says = "Overlaps and gaps were not looked for: the file is too large for that."
    assert found.messages["neighbours_not_looked"] == says

"""Rows of a layer: placed, repaired, mended or set aside, each told."""

from pathlib import Path

import pytest
import shapely
from django.utils import translation

from tests.factories import Town
from tests.importers.expectations import codes, counts, refused
from tests.importers.files import bowtie, in_degrees, point, square, write, write_csv, write_geojson
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db


def test_an_invalid_polygon_is_repaired_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.gpkg", [bowtie(0, 0), square(200, 0)], {"kaek": ["A", "B"]})
    with translation.override("en"):
        report = load(path)
    assert counts(report) == {"read": 2, "added": 2, "repaired": 1}
    (finding,) = [finding for finding in report.findings if finding.code == "repaired"]
    with translation.override("en"):
        assert (finding.row, finding.key, finding.facts["reason"]) == (1, "A", "the outline crosses itself")
    assert finding.facts["before"] == finding.facts["after"] == 5000
    assert finding.facts["plain"] == 0
    geom = current()["A"].geom
    assert geom is not None
    assert (geom.valid, geom.geom_type) == (True, "MultiPolygon")


def test_heights_are_dropped(tmp_path: Path) -> None:
    shape = shapely.force_3d(square(0, 0), 12)
    path = write(tmp_path / "high.gpkg", [shape], {"kaek": ["A"]}, geometry_type="Polygon Z")
    load(path)
    geom = current()["A"].geom
    assert geom is not None
    assert not geom.hasz


def test_rows_without_geometry_are_set_aside(tmp_path: Path) -> None:
    shapes = [square(0, 0), None, shapely.Polygon()]
    path = write(tmp_path / "gaps.gpkg", shapes, {"kaek": ["A", "B", "C"]})
    report = load(path)
    assert counts(report) == {"read": 3, "added": 1, "refused": 2}
    assert [(f.code, f.row, f.key) for f in report.findings if f.row] == [
        ("no_geometry", 2, "B"),
        ("no_geometry", 3, "C"),
    ]


def test_a_row_set_aside_does_not_end_what_the_layer_holds(tmp_path: Path) -> None:
    load(write(tmp_path / "full.gpkg", [square(0, 0), square(200, 0)], {"kaek": ["A", "B"]}))
    report = load(write(tmp_path / "gap.gpkg", [square(0, 0), None], {"kaek": ["A", "B"]}))
    assert (report.counts["removed"], report.counts["refused"]) == (0, 1)
    assert set(current()) == {"A", "B"}


def test_points_do_not_enter_a_layer_of_polygons(tmp_path: Path) -> None:
    load(write(tmp_path / "parcels.gpkg", [square(0, 0)], {"kaek": ["A"]}))
    path = write(tmp_path / "points.gpkg", [point(0, 0)], {"kaek": ["P"]}, geometry_type="Point")
    with refused("no_row_fits", row=1):
        load(path)


def test_a_blank_key_is_set_aside(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", ["id;lon;lat", "7;21,73;38,24", ";21,73;38,24"])
    report = load(path, "t", "id")
    assert counts(report) == {"read": 2, "added": 1, "refused": 1}
    assert codes(report)[-1] == "no_boundary"
    assert "no_key" in codes(report)


def test_degrees_are_brought_to_the_storage_crs(town: Town, tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "p.geojson", [square(50, 50)], [{"kaek": "A"}])
    load(path)
    geom = current()["A"].geom
    assert geom is not None
    assert geom.extent == pytest.approx((300_050, 4_230_050, 300_150, 4_230_150), abs=0.01)


def test_swapped_axes_are_noticed(town: Town, tmp_path: Path) -> None:
    places = [in_degrees(point(100, 100)), in_degrees(point(5000, 5000))]
    lines = ["id,lon,lat", *(f"{number},{place.y},{place.x}" for number, place in enumerate(places))]
    path = write_csv(tmp_path / "swapped.csv", lines)
    with refused("axes_swapped", share=100):
        load(path, "poi", "id")
    report = load(path, "poi", "id", swap_axes=True)
    assert report.inside_share == 1


def test_a_file_from_elsewhere_is_told(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "far.csv", ["id,lon,lat", "1,-77.03,38.9"])
    report = load(path, "far", "id")
    assert (report.inside_share, codes(report)) == (0, ["outside_municipality"])


def test_texts_the_database_cannot_keep_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "odd.geojson"
    write_geojson(path, [square(0, 0)], [{"kaek": "A", "slash": "\\u0000"}])
    text = path.read_text().replace(
        '"kaek": "A"', '"kaek": "A", "nul": "a\\u0000b", "half": "\\ud800", "far": 1e999'
    )
    path.write_text(text)
    report = load(path)
    assert "text_control" in codes(report)
    assert current()["A"].properties == {
        "kaek": "A",
        "nul": "ab",
        "half": "?",
        "far": None,
        "slash": "\\u0000",
    }

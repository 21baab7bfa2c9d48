"""Layers from files: made, brought up to date in time, and left alone when refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import connection
from django.utils import timezone

from importers.actions.layer import LayerOrder, import_layer
from importers.models import ImportRun, ImportState
from importers.report import Report
from importers.sources import ReadOptions
from layers.actions import create_layer, partition_of
from layers.models import Feature, Layer
from tests.factories import LayerFactory, Town
from tests.importers.expectations import codes, contents, counts, refused
from tests.importers.files import bowtie, in_degrees, point, square, write, write_csv, write_geojson

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    fields: dict[str, list[Any]] = {
        "kaek": ["060010101001", "060010101002"],
        "zone": [1, 2],
        "use": ["κατοικία", "χωράφι"],
    }
    return write(tmp_path / "parcels.gpkg", [square(0, 0), square(100, 0)], fields)


def load(path: Path, slug: str = "parcels", key: str = "kaek", **order: Any) -> Report:
    return import_layer(LayerOrder(path, slug, key, **order))


def current(slug: str = "parcels") -> dict[str, Feature]:
    layer = Layer.objects.get(slug=slug)
    return {feature.key: feature for feature in Feature.objects.of_layer(layer.pk).current()}


def test_a_geopackage_becomes_a_layer(town: Town, parcels: Path) -> None:
    report = load(parcels, title="Αγροτεμάχια", theme="cadastre")
    assert counts(report) == {"read": 2, "added": 2}
    assert report.inside_share == 1
    layer = Layer.objects.get(slug="parcels")
    assert (layer.title, layer.theme, layer.geometry_kind, layer.key_field) == (
        "Αγροτεμάχια",
        "cadastre",
        "polygon",
        "kaek",
    )
    assert {name: field["type"] for name, field in layer.field_schema["properties"].items()} == {
        "kaek": "string",
        "zone": "integer",
        "use": "string",
    }
    feature = current()["060010101001"]
    assert feature.properties == {"kaek": "060010101001", "zone": 1, "use": "κατοικία"}
    assert feature.geom is not None
    assert feature.geom.area == pytest.approx(10_000)
    assert feature.geom.srid == 2100
    assert feature.geom_web is not None


def test_a_run_is_kept_with_its_counts(town: Town, parcels: Path) -> None:
    load(parcels)
    run = ImportRun.objects.get()
    assert (run.state, run.target, run.target_slug) == (ImportState.DONE, "layer", "parcels")
    assert run.counts["added"] == 2
    assert "EPSG:2100" in run.source_crs
    assert len(run.file_sha256) == 64
    assert run.finished_at is not None


def test_the_same_file_again_changes_nothing(town: Town, parcels: Path) -> None:
    load(parcels)
    before = Layer.objects.get(slug="parcels").revision
    report = load(parcels)
    assert counts(report) == {"read": 2, "unchanged": 2}
    assert Layer.objects.get(slug="parcels").revision == before


def test_a_loaded_partition_is_like_any_other(parcels: Path) -> None:
    load(parcels)
    loaded = partition_of(Layer.objects.get(slug="parcels"))
    ordinary = partition_of(LayerFactory.create())
    assert _shape(loaded) == _shape(ordinary)


def test_changes_are_written_on_two_clocks(town: Town, parcels: Path, tmp_path: Path) -> None:
    load(parcels, valid_from=datetime(2020, 1, 1, tzinfo=UTC))
    knew = timezone.now()
    fields: dict[str, list[Any]] = {
        "kaek": ["060010101001", "060010101003"],
        "zone": [7, 3],
        "use": ["κατοικία", "δρόμος"],
    }
    newer = write(tmp_path / "newer.gpkg", [square(0, 0), square(300, 0)], fields)
    report = load(newer, valid_from=datetime(2024, 6, 1, tzinfo=UTC))
    assert counts(report) == {"read": 2, "added": 1, "changed": 1, "removed": 1}
    assert {key: feature.properties["zone"] for key, feature in current().items()} == {
        "060010101001": 7,
        "060010101003": 3,
    }
    layer = Layer.objects.get(slug="parcels")
    then = Feature.objects.of_layer(layer.pk).as_of(datetime(2023, 1, 1, tzinfo=UTC))
    assert {feature.key: feature.properties["zone"] for feature in then} == {
        "060010101001": 1,
        "060010101002": 2,
    }
    believed = Feature.objects.of_layer(layer.pk).as_of(
        timezone.now(), known=knew + timedelta(milliseconds=0)
    )
    assert {feature.key for feature in believed} == {"060010101001", "060010101002"}


def test_an_empty_layer_that_exists_is_filled(parcels: Path) -> None:
    layer = create_layer(slug="parcels", title="Τίτλος", theme="cadastre", geometry_kind="polygon")
    assert counts(load(parcels)) == {"read": 2, "added": 2}
    layer.refresh_from_db()
    assert (layer.title, layer.key_field, layer.revision > 1) == ("Τίτλος", "kaek", True)


def test_a_dry_run_tells_all_and_changes_nothing(town: Town, parcels: Path) -> None:
    before = contents()
    assert counts(load(parcels, dry_run=True)) == {"read": 2, "added": 2}
    assert contents() == before
    assert not ImportRun.objects.exists()
    load(parcels)
    before = contents()
    assert counts(load(parcels, dry_run=True)) == {"read": 2, "unchanged": 2}
    assert contents() == before


def test_without_a_key_rows_are_known_by_their_content(tmp_path: Path) -> None:
    shapes = [square(0, 0), square(0, 0), square(200, 0)]
    path = write(tmp_path / "trees.gpkg", shapes, {"kind": ["a", "a", "b"]})
    assert "hash_key" in codes(load(path, "trees", ""))
    assert len(current("trees")) == 3
    assert counts(load(path, "trees", "")) == {"read": 3, "unchanged": 3}
    fewer = write(tmp_path / "fewer.gpkg", shapes[1:], {"kind": ["a", "b"]})
    assert counts(load(fewer, "trees", "")) == {"read": 2, "unchanged": 2, "removed": 1}


def test_an_invalid_polygon_is_repaired_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.gpkg", [bowtie(0, 0), square(200, 0)], {"kaek": ["A", "B"]})
    report = load(path)
    assert counts(report) == {"read": 2, "added": 2, "repaired": 1}
    (finding,) = [finding for finding in report.findings if finding.code == "repaired"]
    assert (finding.row, finding.key, finding.facts["reason"]) == (1, "A", "Self-intersection")
    assert finding.facts["before"] == 0
    assert finding.facts["after"] == 5000
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


def test_points_do_not_enter_a_layer_of_polygons(parcels: Path, tmp_path: Path) -> None:
    load(parcels)
    path = write(tmp_path / "points.gpkg", [point(0, 0)], {"kaek": ["P"]}, geometry_type="Point")
    with refused("no_row_fits", row=1):
        load(path)


def test_a_repeated_key_is_refused_whether_the_layer_is_empty_or_not(parcels: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "twice.gpkg", [square(0, 0), square(1, 1)], {"kaek": ["A, b)", "A, b)"]})
    with refused("repeated_keys", examples="“A, b)”"):
        load(path)
    load(parcels)
    with refused("repeated_keys", examples="“A, b)”"):
        load(path)


def test_a_blank_key_is_set_aside(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", ["id;lon;lat", "7;21,73;38,24", ";21,73;38,24"])
    report = load(path, "t", "id")
    assert counts(report) == {"read": 2, "added": 1, "refused": 1}
    assert codes(report)[-1] == "no_boundary"
    assert "no_key" in codes(report)


def test_a_field_that_is_not_there_is_refused(parcels: Path) -> None:
    with refused("no_such_field", field="KAEK", fields="kaek, zone, use"):
        load(parcels, key="KAEK")


def test_a_filled_layer_keeps_its_key(parcels: Path) -> None:
    load(parcels)
    with refused("other_key", held="kaek"):
        load(parcels, key="zone")
    assert counts(load(parcels, key="")) == {"read": 2, "unchanged": 2}


def test_a_file_without_a_crs_asks_for_it(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "bare.shp", [square(0, 0)], {"kaek": ["A"]}, crs=None)
    with refused("crs_missing"):
        load(path)
    report = load(path, options=ReadOptions(source_crs="EPSG:2100"))
    assert report.inside_share == 1


@pytest.mark.parametrize("slug", ["a b", "Δρόμοι", "", "x" * 51, "../x"])
def test_a_slug_that_is_none_is_refused(parcels: Path, slug: str) -> None:
    with refused("bad_slug"):
        load(parcels, slug)


def test_a_key_field_with_an_endless_name_is_refused(tmp_path: Path) -> None:
    name = "k" * 64
    with refused("not_storable"):
        load(write(tmp_path / "long.gpkg", [square(0, 0)], {name: ["A"]}), key=name)


@pytest.mark.parametrize("asked", ["EPSG:1", "nonsense", "/etc/passwd", "+proj=longlat", "EPSG:4978"])
def test_an_unknown_crs_is_refused(parcels: Path, asked: str) -> None:
    with refused("crs_unknown"):
        load(parcels, options=ReadOptions(source_crs=asked))


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


def test_a_file_that_breaks_off_leaves_no_trace(town: Town, tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "cut.geojson", [square(0, 0), square(200, 0)], [{"kaek": "A"}, {"kaek": "B"}]
    )
    path.write_bytes(path.read_bytes()[:-90])
    with refused("broken_file", row=1):
        load(path)


def test_a_refusal_while_comparing_leaves_no_trace(parcels: Path, tmp_path: Path) -> None:
    load(parcels)
    path = write_geojson(
        tmp_path / "cut.geojson", [square(0, 0), square(200, 0)], [{"kaek": "A"}, {"kaek": "B"}]
    )
    path.write_bytes(path.read_bytes()[:-90])
    with refused("broken_file", row=1):
        load(path)


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


def _shape(table: str) -> list[tuple[Any, ...]]:
    """Columns, constraints and indexes of a partition, without the names it gave itself."""
    number = table.rpartition("_")[2]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull, attgenerated FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
            [table],
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute(
            "SELECT contype, pg_get_constraintdef(oid), coninhcount FROM pg_constraint"
            " WHERE conrelid = %s::regclass ORDER BY 1, 2",
            [table],
        )
        found += cursor.fetchall()
        cursor.execute(
            "SELECT parent.relname, substring(pg_get_indexdef(child.oid) FROM 'USING .*') FROM pg_index AS i"
            " JOIN pg_class AS child ON child.oid = i.indexrelid"
            " JOIN pg_inherits AS up ON up.inhrelid = child.oid JOIN pg_class AS parent ON parent.oid = up.inhparent"
            " WHERE i.indrelid = %s::regclass ORDER BY 1",
            [table],
        )
        found += cursor.fetchall()
        cursor.execute("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = %s", [table])
        found += [(str(bound).replace(number, "n"),) for (bound,) in cursor.fetchall()]
    return found

"""Layers from files: made, brought up to date in time, and left alone when refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from importers.models import ImportRun, ImportState
from importers.sources import ReadOptions
from layers.actions import create_layer, partition_of
from layers.models import Feature, Layer
from tests.factories import LayerFactory, Town
from tests.importers.expectations import codes, contents, counts, refused
from tests.importers.files import square, write, write_geojson
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    fields: dict[str, list[Any]] = {
        "kaek": ["060010101001", "060010101002"],
        "zone": [1, 2],
        "use": ["κατοικία", "χωράφι"],
    }
    return write(tmp_path / "parcels.gpkg", [square(0, 0), square(100, 0)], fields)


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


def test_a_repeated_key_is_refused_whether_the_layer_is_empty_or_not(parcels: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "twice.gpkg", [square(0, 0), square(1, 1)], {"kaek": ["A, b)", "A, b)"]})
    with refused("repeated_keys", examples="“A, b)”"):
        load(path)
    load(parcels)
    with refused("repeated_keys", examples="“A, b)”"):
        load(path)


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

"""Out and in again is “0 changed”: for every format that carries a key, in the storage CRS."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.conf import settings

from importers.actions.layer import LayerOrder, import_layer
from importers.report import Report
from importers.rules import Rules, read_rules
from importers.sources import ReadOptions
from layers.models import Layer
from tests.factories import FeatureFactory, LayerFactory
from tests.factories.places import SOUTH, WEST
from tests.layers.exporting import KEY, ROWS, exported, kept, parcels, there

pytestmark = pytest.mark.django_db
STORAGE = str(settings.STORAGE_SRID)
FIELDS = [KEY, *{name: None for properties in ROWS.values() for name in properties}]
UNCHANGED = {"added": 0, "changed": 0, "removed": 0, "unchanged": len(ROWS), "refused": 0}


def imported(path: Path, layer: Layer, rules: Rules | None = None, **options: Any) -> Report:
    order = LayerOrder(path=path, slug=layer.slug, rules=rules or Rules(), options=ReadOptions(**options))
    return import_layer(order)


def counts(report: Report) -> dict[str, int]:
    return {name: report.counts_json()[name] for name in UNCHANGED}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet"])
def test_out_and_in_changes_nothing(ending: str, tmp_path: Path) -> None:
    layer = parcels()
    before = kept(layer)
    exported("parcels", tmp_path / f"p.{ending}", crs=STORAGE)
    assert counts(imported(tmp_path / f"p.{ending}", layer)) == UNCHANGED
    assert kept(layer) == before


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet"])
def test_the_archive_comes_in_like_the_file(ending: str, tmp_path: Path) -> None:
    layer = parcels()
    exported("parcels", tmp_path / "p.zip", format=ending, crs=STORAGE)
    assert counts(imported(tmp_path / "p.zip", layer)) == UNCHANGED


@pytest.mark.parametrize("encoding", ["utf-8", "cp1253", "iso-8859-7"])
def test_shapefile_with_the_names_given_back_changes_nothing(encoding: str, tmp_path: Path) -> None:
    layer = parcels()
    exported("parcels", tmp_path / "p.zip", format="shp", encoding=encoding)
    names = {name: name for name in FIELDS} | {
        "a_very_long_field_name": "a_very_lon",
        "a_very_long_field_other": "a_very_l_2",
    }
    report = imported(tmp_path / "p.zip", layer, read_rules({**names, "others": "drop"}))
    assert counts(report) == UNCHANGED


def test_xlsx_changes_nothing_when_the_place_is_no_field(tmp_path: Path) -> None:
    layer = parcels()
    exported("parcels", tmp_path / "p.xlsx", crs=STORAGE)
    rules = read_rules({**{name: name for name in FIELDS}, "others": "drop"})
    report = imported(tmp_path / "p.xlsx", layer, rules, source_crs=f"EPSG:{STORAGE}")
    assert counts(report) == UNCHANGED


def test_csv_changes_nothing_when_told_what_is_no_text(tmp_path: Path) -> None:
    """CSV has no types: that “true” is a yes has to be said."""
    layer = parcels()
    exported("parcels", tmp_path / "p.csv", crs=STORAGE)
    listed = {"field": "listed", "values": {"true": True, "false": False}}
    rules = read_rules({**{name: name for name in FIELDS}, "listed": listed, "others": "drop"})
    report = imported(tmp_path / "p.csv", layer, rules, source_crs=f"EPSG:{STORAGE}")
    assert counts(report) == UNCHANGED


def test_csv_takes_its_types_from_the_layer_it_comes_home_to(tmp_path: Path) -> None:
    """A layer that was imported knows the types of its fields: a text of digits stays one, “true” is a yes."""
    layer = parcels()
    exported("parcels", tmp_path / "p.gpkg", crs=STORAGE)
    import_layer(LayerOrder(tmp_path / "p.gpkg", "imported", KEY))
    held = Layer.objects.get(slug="imported")
    exported("imported", tmp_path / "p.csv", crs=STORAGE)
    assert counts(imported(tmp_path / "p.csv", held, source_crs=f"EPSG:{STORAGE}")) == UNCHANGED
    assert [row[:2] for row in kept(held)] == [row[:2] for row in kept(layer)]


def test_texts_that_look_like_formulas_come_back_through_csv(tmp_path: Path) -> None:
    layer = LayerFactory.create(slug="notes", key_field="code", geometry_kind="point")
    for number, text in enumerate(("=1+1", "@x", "-cmd|x", "'=1", "''", "+30 2610", "-", "it's")):
        properties = {"code": f"n{number}", "text": text}
        FeatureFactory.create(layer=layer, key=f"n{number}", properties=properties, geom=there("POINT (1 2)"))
    exported("notes", tmp_path / "p.csv", crs=STORAGE)
    rules = read_rules({"code": "code", "text": "text", "others": "drop"})
    report = imported(tmp_path / "p.csv", layer, rules, source_crs=f"EPSG:{STORAGE}", lon="x", lat="y")
    assert counts(report) == UNCHANGED | {"unchanged": 8}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet"])
def test_rows_known_by_their_content_alone_come_back_too(ending: str, tmp_path: Path) -> None:
    """Neither PostgreSQL nor the file keeps the order of the fields that the first file had."""
    shapes = [{"type": "Point", "coordinates": [WEST + number / 3, SOUTH + 0.2]} for number in range(4)]
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {"zeta": "x", "b": number, "alpha": 1 + number / 2},
        }
        for number, shape in enumerate(shapes)
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{STORAGE}"}}
    document = {"type": "FeatureCollection", "crs": crs, "features": features}
    (tmp_path / "first.geojson").write_text(json.dumps(document), encoding="utf-8")
    import_layer(LayerOrder(path=tmp_path / "first.geojson", slug="by-content"))
    exported("by-content", tmp_path / f"p.{ending}", crs=STORAGE)
    report = imported(tmp_path / f"p.{ending}", Layer.objects.get(slug="by-content"))
    assert counts(report) == UNCHANGED | {"unchanged": 4}


def test_lists_objects_and_mixed_values_come_back_through_geojson(tmp_path: Path) -> None:
    layer = parcels()
    odd: dict[str, Any] = {"list": [1, "α"], "object": {"β": [None, 2.5]}, "mixed": "5", "floors": 4}
    FeatureFactory.create(layer=layer, key="odd", properties={KEY: "odd", **odd})
    FeatureFactory.create(layer=layer, key="odder", properties={KEY: "odder", "mixed": 5, "floors": 2.5})
    exported("parcels", tmp_path / "p.geojson", crs=STORAGE)
    report = imported(tmp_path / "p.geojson", layer)
    assert counts(report) == UNCHANGED | {"unchanged": 5}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet"])
def test_points_and_lines_come_back_to_the_last_bit(ending: str, tmp_path: Path) -> None:
    layer = parcels(geometry_kind="mixed")
    for number, wkt in enumerate(
        ("POINT (0.1 0.7)", "LINESTRING (0.1 0.2, 0.3 0.30000000000000004)", "MULTIPOINT (1 2, 3.3 4)")
    ):
        FeatureFactory.create(layer=layer, key=f"m{number}", properties={KEY: f"m{number}"}, geom=there(wkt))
    exported("parcels", tmp_path / f"p.{ending}", crs=STORAGE)
    assert counts(imported(tmp_path / f"p.{ending}", layer)) == UNCHANGED | {"unchanged": 6}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet", "kml"])
def test_through_degrees_every_corner_comes_back_within_a_micrometre(ending: str, tmp_path: Path) -> None:
    """The numbers differ in their last bits, so the import says “changed”; the places do not move."""
    layer = parcels()
    before = {key: shapely.from_wkb(wkb) for key, (_p, wkb) in kept(layer).items() if wkb is not None}
    exported("parcels", tmp_path / f"p.{ending}", crs="crs84")
    report = imported(tmp_path / f"p.{ending}", layer)
    assert report.counts["added"] == report.counts["removed"] == 0
    after = kept(layer)
    for key, shape in before.items():
        properties, wkb = after[key]
        assert shapely.hausdorff_distance(shapely.from_wkb(wkb), shape) < 1e-6
        assert {name: properties[name] for name in ("kaek", "name", "area")} == {
            name: value
            for name, value in ({KEY: key} | ROWS[key]).items()
            if name in ("kaek", "name", "area")
        }

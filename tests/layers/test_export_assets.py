"""A register goes out and comes in again by its codes; so do areas."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assets.models import Asset, AssetType
from importers.actions.assets import AssetsOrder, import_assets
from importers.rules import Rules, read_rules
from importers.sources import ReadOptions
from tests.factories import AssetFactory, Town
from tests.layers.exporting import exported

pytestmark = pytest.mark.django_db
STORAGE = str(settings.STORAGE_SRID)
NAMES = {name: name for name in ("code", "watts", "model")}


def bring_in(path: Path, rules: Rules | None = None, **options: Any) -> dict[str, int]:
    order = AssetsOrder(
        path=path, slug="columns", key="code", rules=rules or Rules(), options=ReadOptions(**options)
    )
    return import_assets(order).counts_json()


@pytest.fixture
def register(town: Town, tmp_path: Path) -> AssetType:
    """Lamps with codes that look like numbers, brought in from a file."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [300_000.1 + number / 3, 4_230_000.7 + number / 7]},
            "properties": {"code": f"00{number}", "watts": 70 + number, "model": "Φωτιστικό «Α»"},
        }
        for number in range(5)
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{STORAGE}"}}
    (tmp_path / "in.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8"
    )
    order = AssetsOrder(
        path=tmp_path / "in.geojson", slug="columns", key="code", create_type=True, title="Ιστοί"
    )
    assert import_assets(order).counts["added"] == 5
    return AssetType.objects.get(slug="columns")


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb", "parquet", "xlsx"])
def test_out_and_in_changes_nothing(register: AssetType, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    exported("assets-columns", path, crs=STORAGE)
    options = {"lon": "x", "lat": "y", "source_crs": f"EPSG:{STORAGE}"} if ending == "xlsx" else {}
    counts = bring_in(path, read_rules({**NAMES, "others": "drop"}), **options)
    assert (counts["unchanged"], counts["added"], counts["changed"], counts["refused"]) == (5, 0, 0, 0)


def test_a_shapefile_of_the_register_changes_nothing(register: AssetType, tmp_path: Path) -> None:
    exported("assets-columns", tmp_path / "out.zip", format="shp", encoding="cp1253")
    counts = bring_in(tmp_path / "out.zip", read_rules({**NAMES, "others": "drop"}))
    assert (counts["unchanged"], counts["changed"]) == (5, 0)


def test_what_was_taken_away_stays_out_and_the_state_is_told(register: AssetType, tmp_path: Path) -> None:
    AssetFactory.create(type=register, code="gone", state="removed")
    AssetFactory.create(type=register, code="dark", state="out_of_service", condition=2)
    exported("assets-columns", tmp_path / "out.geojson")
    document = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    told = {feature["properties"]["code"]: feature["properties"] for feature in document["features"]}
    assert set(told) == {*(f"00{number}" for number in range(5)), "dark"}
    assert (told["dark"]["state"], told["dark"]["condition"]) == ("out_of_service", 2)
    assert told["000"]["watts"] == 70
    assert Asset.objects.filter(type=register).count() == 7

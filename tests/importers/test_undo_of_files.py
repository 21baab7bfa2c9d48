"""Registers filled by real files are as before once the import is undone, to the last bit of every geometry."""

from pathlib import Path
from typing import Any

import pytest

from assets.models import Asset
from importers.actions.areas import AreasOrder, import_areas
from importers.actions.assets import AssetsOrder, import_assets
from importers.actions.undo import undo_run
from importers.models import ImportRun
from layers.models import Place
from municipality.models import Area
from tests.factories import AssetTypeFactory, Town
from tests.importers.files import point, square, write_geojson

pytestmark = pytest.mark.django_db


def areas(path: Path, names: dict[str, str], shift: float = 0) -> ImportRun:
    shapes = [square(200 * number + shift, 300) for number in range(len(names))]
    records: list[dict[str, Any]] = [{"code": code, "name": name} for code, name in names.items()]
    file = write_geojson(path / "areas.geojson", shapes, records)
    report = import_areas(AreasOrder(file, level="neighbourhood", code="code", name="name"))
    assert report.run is not None
    return report.run


def all_areas() -> dict[str, tuple[str, int | None, bytes]]:
    rows = Area.objects.filter(level="neighbourhood")
    return {row.code: (row.name, row.parent_id, bytes(row.boundary.ewkb)) for row in rows}


def area_places() -> dict[str, tuple[str, bytes]]:
    places = Place.objects.filter(kind="area", key__contains="neighbourhood:")
    return {place.key: (place.name, bytes(place.location.ewkb)) for place in places}


def test_areas(town: Town, tmp_path: Path) -> None:
    nothing, no_places = all_areas(), area_places()
    first = areas(tmp_path, {"N1": "Άνω", "N2": "Κάτω"})
    before, places = all_areas(), area_places()
    undo_run(run=areas(tmp_path, {"N1": "Άλλο", "N3": "Νέο"}, shift=17.3), user=None)
    assert all_areas() == before
    assert {key: name for key, (name, _) in area_places().items()} == {
        key: name for key, (name, _) in places.items()
    }
    undo_run(run=first, user=None)
    assert (all_areas(), area_places()) == (nothing, no_places)


def lamps(path: Path, watts: dict[str, float], shift: float = 0) -> ImportRun:
    shapes = [point(100 * number + shift, 300) for number in range(len(watts))]
    records: list[dict[str, Any]] = [{"code": code, "watts": value} for code, value in watts.items()]
    file = write_geojson(path / "lamps.geojson", shapes, records)
    report = import_assets(AssetsOrder(file, slug="lamps", key="code"))
    assert report.run is not None
    return report.run


def all_lamps() -> dict[str, tuple[dict[str, Any], str, bytes]]:
    rows = Asset.objects.of_type("lamps")
    return {row.code: (row.properties, row.state, bytes(row.location.ewkb)) for row in rows}


def test_assets(town: Town, tmp_path: Path) -> None:
    AssetTypeFactory.create(slug="lamps")
    first = lamps(tmp_path, {"L1": 70.1, "L2": 100})
    before = all_lamps()
    undo_run(run=lamps(tmp_path, {"L1": 40, "L3": 15.5}, shift=0.123), user=None)
    assert {code: lamp for code, lamp in all_lamps().items() if code != "L3"} == before
    assert all_lamps()["L3"][1] == "removed"
    undo_run(run=first, user=None)
    assert {state for _, state, _ in all_lamps().values()} == {"removed"}

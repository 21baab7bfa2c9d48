"""Assets of a type by code: new, changed with their history, and left alone when a file does not name them."""

from pathlib import Path
from typing import Any

import pytest

from assets.models import Asset, AssetType
from importers.actions.assets import AssetsOrder, import_assets
from importers.report import Report
from importers.sources import ReadOptions
from tests.factories import Town
from tests.importers.expectations import codes, counts, refused
from tests.importers.files import in_degrees, point, square, write, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    return lamp_file(tmp_path / "lamps.csv", ["ΦΩ-00001,100,LED", "ΦΩ-00002,200,Na", "ΦΩ-00003,,"])


def lamp_file(path: Path, rows: list[str]) -> Path:
    """Code, metres east of the town's corner, bulb."""
    lines = ["code,bulb,XCOORD,YCOORD"]
    for row in rows:
        code, east, bulb = row.split(",")
        place = in_degrees(point(float(east), 50)) if east else None
        lines.append(f"{code},{bulb},{place.x if place else ''},{place.y if place else ''}")
    return write_csv(path, lines)


def load(path: Path, slug: str = "streetlight", key: str = "code", **order: Any) -> Report:
    return import_assets(
        AssetsOrder(
            path,
            slug,
            key,
            options=ReadOptions(lon="XCOORD", lat="YCOORD"),
            **{"set_aside": True, **order},
        )
    )


def test_a_table_becomes_a_register(town: Town, lamps: Path) -> None:
    before = town.streetlight.revision
    report = load(lamps, owner="roads")
    assert counts(report) == {"read": 3, "added": 2, "refused": 1}
    asset = Asset.objects.get(code="ΦΩ-00001")
    assert asset.properties["bulb"] == "LED"
    assert asset.location.x == pytest.approx(300_100, abs=0.01)
    assert (asset.state, asset.owner) == ("active", town.roads)
    event = asset.events.get()
    assert (event.kind, event.data) == ("created", {"text": "lamps.csv"})
    town.streetlight.refresh_from_db()
    assert town.streetlight.revision > before
    assert [f.facts["keys"] for f in report.findings if f.code == "left_alone"] == ["ΦΩ-01234"]


def test_the_same_file_again_changes_nothing(town: Town, lamps: Path) -> None:
    load(lamps)
    town.streetlight.refresh_from_db()
    before = town.streetlight.revision
    assert counts(load(lamps)) == {"read": 3, "unchanged": 2, "refused": 1}
    town.streetlight.refresh_from_db()
    assert town.streetlight.revision == before


def test_a_change_keeps_what_was(town: Town, lamps: Path, tmp_path: Path) -> None:
    load(lamps)
    newer = lamp_file(tmp_path / "newer.csv", ["ΦΩ-00001,100,LED", "ΦΩ-00002,250,LED"])
    assert counts(load(newer)) == {"read": 2, "changed": 1, "unchanged": 1}
    asset = Asset.objects.get(code="ΦΩ-00002")
    assert asset.location.x == pytest.approx(300_250, abs=0.01)
    changed = asset.events.get(kind="changed")
    assert changed.data["before"]["properties"]["bulb"] == "Na"
    assert changed.data["after"]["properties"]["bulb"] == "LED"
    assert changed.data["before"]["location"].startswith("SRID=2100;POINT(300")


def test_a_code_of_another_form_is_set_aside(town: Town, tmp_path: Path) -> None:
    report = load(lamp_file(tmp_path / "a.csv", ["ΦΩ-00001,100,LED", "17,200,LED"]))
    assert counts(report) == {"read": 2, "added": 1, "refused": 1}
    assert "key_form" in codes(report)


def test_a_repeated_code_is_refused(town: Town, tmp_path: Path) -> None:
    path = lamp_file(tmp_path / "a.csv", ["ΦΩ-00001,100,LED", "ΦΩ-00001,200,LED"])
    with refused("repeated_keys", field="code", examples="“ΦΩ-00001”"):
        load(path)


def test_a_type_is_made_when_asked(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "parks.gpkg", [square(0, 0)], {"code": ["Π1"]})
    with refused("no_such_target", slug="park", known="streetlight"):
        load(path, "park")
    load(path, "park", create_type=True, title="Πάρκα", icon="trees")
    kind = AssetType.objects.get(slug="park")
    assert (kind.title, kind.icon, kind.geometry_kind) == ("Πάρκα", "trees", "polygon")
    assert kind.field_schema["properties"]["code"]["type"] == "string"
    with refused("type_exists", slug="park"):
        load(path, "park", create_type=True)


def test_an_owner_that_is_not_there_is_refused(town: Town, lamps: Path) -> None:
    with refused("no_such_target", slug="nobody"):
        load(lamps, owner="nobody")


def test_areas_do_not_enter_a_type_of_points(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"code": ["ΦΩ-00009"]})
    with refused("no_row_fits", row=1):
        load(path)

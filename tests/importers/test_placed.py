"""Tables without positions: put where a key is held, or where an address is known exactly."""

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from assets.models import Asset
from importers.actions.assets import AssetsOrder, import_assets
from importers.actions.undo import undo_run
from importers.rules import read_rules
from importers.targets import target_named
from issues.models import Issue
from layers.actions import change_layer
from layers.models import Feature, Layer
from tests.factories import PlaceFactory, Town
from tests.importers.expectations import contents, counts, refused
from tests.importers.files import square, write, write_csv
from tests.importers.layers import current, load
from tests.importers.test_issues import load as load_issues

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcels(town: Town, tmp_path: Path) -> Path:
    shapes = [square(200 * number, 0) for number in range(3)]
    records = {"kaek": ["0100", "0101", "0102"], "use": ["α", "β", "γ"]}
    path = write(tmp_path / "parcels.gpkg", shapes, records)
    load(path)
    return path


def refusals(report: Any) -> list[tuple[int, str, str]]:
    return [(finding.row, finding.key, finding.code) for finding in report.findings if finding.refuses]


def test_a_table_of_values_brings_features_up_to_date(parcels: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "αξίες.csv", ["ΚΑΕΚ;ΑΞΙΑ", "0101;1.250,50", "0999;7", ";8"])
    rules = read_rules(
        {
            "kaek": "ΚΑΕΚ",
            "value": {"field": "ΑΞΙΑ", "decimal": ",", "type": "number"},
            "place": {"layer": "parcels", "key": "ΚΑΕΚ"},
        }
    )
    before = current()
    report = load(table, rules=rules)
    assert counts(report) == {"read": 3, "changed": 1, "refused": 2}
    assert refusals(report) == [(2, "0999", "not_held"), (3, "", "no_key")]
    after = current()
    assert after["0101"].properties == {"kaek": "0101", "use": "β", "value": 1250.5}
    assert after["0101"].geom == before["0101"].geom
    assert {key: after[key].pk for key in ("0100", "0102")} == {
        key: before[key].pk for key in ("0100", "0102")
    }
    assert counts(load(table, rules=rules)) == {"read": 3, "unchanged": 1, "refused": 2}
    assert report.run is not None
    undo_run(run=report.run, user=None)
    assert current()["0101"].properties == {"kaek": "0101", "use": "β"}


def test_a_table_takes_the_shapes_of_another_layer(parcels: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", ["code;parcel", "L1;0102", "L2;0100"])
    rules = read_rules({"place": {"layer": "parcels", "key": "parcel"}})
    assert counts(load(table, slug="lots", key="code", rules=rules)) == {"read": 2, "added": 2}
    lots = current("lots")
    assert lots["L1"].properties == {"code": "L1", "parcel": "0102"}
    assert lots["L1"].geom == current()["0102"].geom
    assert Layer.objects.get(slug="lots").geometry_kind == "polygon"


def test_a_table_of_assets_keeps_what_it_does_not_name(town: Town, tmp_path: Path) -> None:
    Asset.objects.filter(pk=town.lamp.pk).update(properties={"watts": 70, "lamp": "sodium"})
    table = write_csv(tmp_path / "a.csv", ["code;lamp", f"{town.lamp.code};led", "ΦΩ-99999;led"])
    rules = read_rules({"place": {"assets": "streetlight", "key": "code"}})
    order = AssetsOrder(table, slug="streetlight", key="code", rules=rules, set_aside=True)
    report = import_assets(order)
    assert counts(report) == {"read": 2, "changed": 1, "refused": 1}
    lamp = Asset.objects.get(pk=town.lamp.pk)
    assert lamp.properties == {"watts": 70, "lamp": "led", "code": town.lamp.code}
    assert lamp.location == town.lamp.location


def test_a_table_of_areas_becomes_a_layer(town: Town, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", ["unit;people", f"{town.north.code};12000"])
    rules = read_rules({"place": {"areas": "unit", "key": "unit"}})
    assert counts(load(table, slug="people", key="unit", rules=rules)) == {"read": 1, "added": 1}
    [feature] = current("people").values()
    assert feature.geom is not None
    assert feature.geom.equals(town.north.boundary)


def test_a_layer_that_the_person_cannot_see_gives_no_shapes(
    parcels: Path, planner: User, tmp_path: Path
) -> None:
    change_layer(layer=Layer.objects.get(slug="parcels"), visibility="departments")
    table = write_csv(tmp_path / "a.csv", ["code;parcel", "L1;0102"])
    rules = read_rules({"place": {"layer": "parcels", "key": "parcel"}})
    with refused("no_such_target", slug="parcels"):
        load(table, slug="lots", key="code", rules=rules, user=planner)


def test_a_field_for_the_place_that_is_not_there_is_refused(parcels: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", ["code;parcel", "L1;0102"])
    for place in ({"layer": "parcels", "key": "ΚΑΕΚ"}, {"address": "ΔΙΕΥΘΥΝΣΗ"}):
        with refused("no_such_field"):
            load(table, slug="lots", key="code", rules=read_rules({"place": place}))


@pytest.fixture
def doors(town: Town) -> None:
    for name, context, east in (
        ("Ασκληπιού 12", "26221 Βορράς", 300_100),
        ("Ασκληπιού 12", "26500 Νότος", 304_000),
        ("Ερμού 5", "Βορράς", 300_200),
        ("Ερμού 5", "Βορράς", 300_210),
        ("Πλατεία", "", 300_300),
    ):
        PlaceFactory.create(
            kind="address", name=name, context=context, location=f"SRID=2100;POINT({east} 4230100)"
        )


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("Ερμού 5", 300_200),
        ("ΟΔΟΣ ΕΡΜΟΥ 5", 300_200),
        ("ermou 5", 300_200),
        ("5 Ερμού", 300_200),
        ("Ασκληπιού 12, 26500", 304_000),
        ("ασκληπιου 12, Βορρας", 300_100),
        ("Ασκληπιού 12", "several_addresses"),
        ("Ασκληπιού 12, Ύδρα", "several_addresses"),
        ("Ασκληπιού 1", "no_address"),
        ("Ασκληπιού 120", "no_address"),
        ("Ασκληπιού", "no_address"),
        ("Πλατεία", "no_address"),
        ("", "no_address"),
    ],
)
def test_only_an_exact_address_is_a_place(doors: None, tmp_path: Path, address: str, result: Any) -> None:
    table = write_csv(tmp_path / "a.csv", ["id;ΔΙΕΥΘΥΝΣΗ", "0;Ερμού 5", f'1;"{address}"'])
    report = load(table, slug="spots", key="id", rules=read_rules({"place": {"address": "ΔΙΕΥΘΥΝΣΗ"}}))
    if isinstance(result, str):
        assert refusals(report) == [(2, "1", result)]
    else:
        geom = current("spots")["1"].geom
        assert geom is not None
        assert geom.coords == (result, 4_230_100)


def test_street_and_number_may_be_two_fields(doors: None, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", ["id;ΟΔΟΣ;ΑΡ;ΤΚ", "1;Ασκληπιού;12;26500"])
    place = {"street": "ΟΔΟΣ", "number": "ΑΡ", "postcode": "ΤΚ"}
    load(table, slug="spots", key="id", rules=read_rules({"place": place}))
    geom = Feature.objects.get().geom
    assert geom is not None
    assert geom.coords == (304_000, 4_230_100)


def test_cases_with_an_address_alone_are_routed(town: Town, doors: None, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        f"category: {{constant: {town.pothole.slug}}}\nreported: day\naddress: at\nplace: {{address: at}}\n"
    )
    table = write_csv(tmp_path / "a.csv", ["day;at", "2024-05-01;Ερμού 5", "2024-05-01;Αγνώστου 1"])
    report = load_issues(table, mapping)
    assert counts(report) == {"read": 2, "added": 1, "refused": 1}
    issue = Issue.objects.get()
    assert (issue.address, issue.location.x, issue.department) == ("Ερμού 5", 300_200, town.roads)


def test_a_dry_run_of_a_joined_table_changes_nothing(parcels: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", ["kaek;use", "0101;δ"])
    rules = target_named("layer").rules({"place": {"layer": "parcels", "key": "kaek"}}, "parcels")
    before = contents()
    assert counts(load(table, rules=rules, dry_run=True)) == {"read": 1, "changed": 1}
    assert contents() == before

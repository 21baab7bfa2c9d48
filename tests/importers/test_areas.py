"""Areas of a level: which is ours, which contains which, parts joined, names found in the search."""

from pathlib import Path
from typing import Any

import pytest

from importers.actions.areas import AreasOrder, import_areas
from importers.actions.undo import undo_run
from importers.report import Report
from importers.targets import target_named
from layers.actions import rebuild_places
from layers.models import Place
from municipality.models import Area
from tests.factories import Town
from tests.importers.expectations import codes, contents, counts, refused
from tests.importers.files import bowtie, square, write, write_geojson

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipalities(tmp_path: Path) -> Path:
    records = [{"code": "9134", "name": "Πατρέων"}, {"code": "9130", "name": "Αιγιαλείας"}]
    return write_geojson(tmp_path / "m.geojson", [square(0, 0, 5000), square(5000, 0, 5000)], records)


def load(path: Path, level: str = "municipality", **order: Any) -> Report:
    return import_areas(
        AreasOrder(path, level, order.pop("code", "code"), "name", **{"set_aside": True, **order})
    )


def test_one_municipality_is_ours_and_the_others_are_neighbours(municipalities: Path) -> None:
    assert counts(load(municipalities, home="9134")) == {"read": 2, "added": 2}
    home = Area.objects.home()
    assert home is not None
    assert (home.code, home.name, home.boundary.geom_type) == ("9134", "Πατρέων", "MultiPolygon")
    assert [area.code for area in Area.objects.neighbours()] == ["9130"]


def test_several_municipalities_ask_which_is_ours(municipalities: Path) -> None:
    with refused("no_home", codes="9134, 9130"):
        load(municipalities)
    with refused("no_such_home", home="1"):
        load(municipalities, home="1")


def test_a_single_municipality_is_ours(tmp_path: Path) -> None:
    load(write_geojson(tmp_path / "m.geojson", [square(0, 0, 5000)], [{"code": 1, "name": "Α"}]))
    home = Area.objects.home()
    assert home is not None
    assert home.code == "1"


def test_the_same_file_again_changes_nothing(municipalities: Path) -> None:
    load(municipalities, home="9134")
    assert counts(load(municipalities)) == {"read": 2, "unchanged": 2}


def test_another_home_takes_over(municipalities: Path) -> None:
    load(municipalities, home="9134")
    assert counts(load(municipalities, home="9130")) == {"read": 2, "changed": 2}
    home = Area.objects.home()
    assert home is not None
    assert home.code == "9130"


def test_names_and_boundaries_are_brought_up_to_date(town: Town, tmp_path: Path) -> None:
    records = [{"code": "n1", "name": "Κέντρο"}, {"code": "n2", "name": "Κάστρο"}]
    load(write_geojson(tmp_path / "a.geojson", [square(0, 0), square(200, 0)], records), "neighbourhood")
    records[0]["name"] = "Παλιό Κέντρο"
    report = load(write_geojson(tmp_path / "b.geojson", [square(0, 0)], records[:1]), "neighbourhood")
    assert counts(report) == {"read": 1, "changed": 1}
    (left,) = [finding for finding in report.findings if finding.code == "left_alone"]
    assert left.facts == {"keys": "n2"}
    assert Area.objects.get(code="n1").name == "Παλιό Κέντρο"
    assert Area.objects.filter(code="n2").exists()


def test_areas_find_the_one_that_contains_them(town: Town, tmp_path: Path) -> None:
    units = [{"code": "a", "name": "Α"}, {"code": "b", "name": "Β"}]
    load(write_geojson(tmp_path / "u.geojson", [square(0, 0, 4000), square(4000, 0, 4000)], units), "zone")
    parts = [
        {"code": "1", "name": "μέσα"},
        {"code": "2", "name": "πάνω στο σύνορο"},
        {"code": "3", "name": "έξω"},
    ]
    shapes = [square(100, 100, 900), square(3400, 0, 1000), square(9000, 9000)]
    report = load(write_geojson(tmp_path / "p.geojson", shapes, parts), "neighbourhood", parent_level="zone")
    found = {
        area.code: area.parent.code if area.parent else None
        for area in Area.objects.filter(level="neighbourhood")
    }
    assert found == {"1": "a", "2": "a", "3": None}
    assert [finding.facts for finding in report.findings] == [{"name": "έξω"}]
    assert {area.parent for area in Area.objects.filter(level="zone")} == {town.home}


def test_parts_of_an_area_are_joined(town: Town, tmp_path: Path) -> None:
    records = [{"code": "1", "name": "Ρίο"}, {"code": "1", "name": "Ρίο"}]
    report = load(write_geojson(tmp_path / "a.geojson", [square(0, 0), square(500, 0)], records), "community")
    assert (counts(report), codes(report)) == ({"read": 2, "added": 1}, ["joined"])
    assert Area.objects.get(level="community").boundary.area == pytest.approx(20_000, rel=1e-4)


def test_one_code_with_two_names_is_refused(town: Town, tmp_path: Path) -> None:
    records = [{"code": "1", "name": "Ρίο"}, {"code": "1", "name": "Αντίρριο"}]
    path = write_geojson(tmp_path / "a.geojson", [square(0, 0), square(500, 0)], records)
    with refused("repeated_codes", example="1"):
        load(path, "community")


def test_rows_without_code_or_name_are_set_aside(town: Town, tmp_path: Path) -> None:
    records: list[dict[str, Any]] = [{"code": "1", "name": "Ρίο"}, {"name": "x"}, {"code": "3", "name": " "}]
    shapes = [square(0, 0), square(500, 0), square(900, 0)]
    report = load(write_geojson(tmp_path / "a.geojson", shapes, records), "community")
    assert counts(report) == {"read": 3, "added": 1, "refused": 2}
    assert codes(report) == ["no_key", "no_name"]


def test_a_field_that_is_not_there_is_refused(municipalities: Path) -> None:
    with refused("no_such_field", field="KWD", fields="code, name"):
        load(municipalities, code="KWD")


def test_a_boundary_that_crosses_itself_is_repaired(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [bowtie(0, 0)], {"code": ["1"], "name": ["Α"]})
    assert counts(load(path, "zone")) == {"read": 1, "added": 1, "repaired": 1}
    assert Area.objects.get(level="zone").boundary.valid


def test_areas_are_found_by_name_but_neighbours_are_not(municipalities: Path) -> None:
    load(municipalities, home="9134")
    assert [(place.key, place.name) for place in Place.objects.filter(kind="area")] == [
        ("area:municipality:9134", "Πατρέων")
    ]


def test_a_dry_run_changes_nothing(municipalities: Path) -> None:
    before = contents()
    assert counts(load(municipalities, home="9134", dry_run=True)) == {"read": 2, "added": 2}
    assert contents() == before


def test_an_import_of_areas_is_undone(town: Town, tmp_path: Path) -> None:
    records = [{"code": "Α", "name": "Άνω"}, {"code": "Κ", "name": "Κάτω"}]
    load(write_geojson(tmp_path / "a.geojson", [square(0, 0), square(200, 0)], records), level="zone")
    before = contents()
    changed = [{"code": "Α", "name": "Άνω Πόλη"}, {"code": "Ν", "name": "Νέα"}]
    report = load(
        write_geojson(tmp_path / "b.geojson", [square(0, 0), square(400, 0)], changed), level="zone"
    )
    assert report.run is not None
    assert set(report.run.changes.values_list("key", flat=True)) == {"Α", "Ν"}
    undo_run(run=report.run, user=None)
    assert contents() == before


def test_areas_are_named_once_in_the_search(town: Town, tmp_path: Path) -> None:
    records = [{"code": "Α", "name": "Ψηλαλώνια"}]
    load(write_geojson(tmp_path / "a.geojson", [square(0, 0)], records), level="zone")
    rebuild_places()
    assert Place.objects.filter(name="Ψηλαλώνια").count() == 1


def test_rules_fill_the_fields_of_areas(town: Town, tmp_path: Path) -> None:
    rules = target_named("areas").rules({"code": "ΚΩΔ", "name": {"fields": ["ΕΙΔΟΣ", "ΟΝΟΜΑ"]}}, "zone")
    records = [{"ΚΩΔ": 7, "ΕΙΔΟΣ": "Συνοικία", "ΟΝΟΜΑ": "Άνω"}]
    path = write_geojson(tmp_path / "a.geojson", [square(0, 0)], records)
    import_areas(AreasOrder(path, level="zone", rules=rules))
    area = Area.objects.get(level="zone")
    assert (area.code, area.name) == ("7", "Συνοικία Άνω")

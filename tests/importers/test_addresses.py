"""Addresses for the search: found in both alphabets, replaced by the next file of their source, undone."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from importers.actions.addresses import AddressesOrder, import_addresses
from importers.actions.undo import undo_run
from importers.models import ImportChange
from importers.report import Report
from importers.rules import read_rules
from importers.sources import ReadOptions
from layers.actions import RemovesTooMuch, rebuild_places
from layers.models import Place
from layers.search import search
from tests.factories import Town
from tests.importers.expectations import codes, contents, counts, refused
from tests.importers.files import write_csv

pytestmark = pytest.mark.django_db

GRID = ReadOptions(source_crs="EPSG:2100", lon="x", lat="y")
LINES = [
    "ΟΔΟΣ;ΑΡ;ΤΚ;ΠΟΛΗ;ΚΤΗΡΙΟ;x;y",
    "Ασκληπιού;12;26221;Πάτρα;;300100;4230100",
    "Ασκληπιού;14Α;26221;Πάτρα;Μέγαρο Άλφα;300120;4230100",
    ";;;;Παλαιό Νοσοκομείο;300500;4230500",
]
RULES = read_rules(
    {"street": "ΟΔΟΣ", "number": "ΑΡ", "postcode": "ΤΚ", "place": "ΠΟΛΗ", "name": "ΚΤΗΡΙΟ"}, is_open=True
)


def addresses(tmp_path: Path, *lines: str) -> Path:
    return write_csv(tmp_path / "διευθύνσεις.csv", list(lines or LINES))


def bring(path: Path, **order: Any) -> Report:
    given = {"slug": "post", "options": GRID, "rules": RULES, "set_aside": True, **order}
    return import_addresses(AddressesOrder(path, **given))


def found(text: str) -> list[str]:
    return [hit.title for hit in search(AnonymousUser(), text)]


def test_addresses_are_found_in_both_alphabets(town: Town, tmp_path: Path) -> None:
    assert counts(bring(addresses(tmp_path))) == {"read": 3, "added": 3}
    assert found("asklipiou 12")[0] == "Ασκληπιού 12"
    assert found("ΑΣΚΛΗΠΙΟΥ 14α")[0] == "Ασκληπιού 14Α"
    assert found("Παλαιό Νοσοκομείο")[0] == "Παλαιό Νοσοκομείο"
    rows = {place.name: place for place in Place.objects.filter(key__startswith="import:post:")}
    assert (rows["Ασκληπιού 12"].kind, rows["Ασκληπιού 12"].context) == ("address", "26221 Πάτρα")
    assert rows["Ασκληπιού 14Α"].context == "Μέγαρο Άλφα, 26221 Πάτρα"
    assert (rows["Παλαιό Νοσοκομείο"].kind, rows["Παλαιό Νοσοκομείο"].context) == ("poi", town.south.name)
    assert rows["Ασκληπιού 12"].location.coords == (300_100, 4_230_100)


def test_gathering_places_again_leaves_them(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    rebuild_places()
    assert Place.objects.filter(key__startswith="import:post:").count() == 3


def test_the_next_file_replaces_those_of_its_source_only(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    bring(addresses(tmp_path, LINES[0], "Κορίνθου;1;;;;300200;4230200"), slug="survey")
    moved = LINES[1].replace("300100", "300105")
    report = bring(addresses(tmp_path, LINES[0], moved, LINES[2]), allow_removals=True)
    assert counts(report) == {"read": 2, "changed": 1, "unchanged": 1, "removed": 1}
    assert Place.objects.get(key__startswith="import:post:", name="Ασκληπιού 12").location.x == 300_105
    assert not found("Παλαιό Νοσοκομείο")
    assert found("korinthou 1")[0] == "Κορίνθου 1"


def test_the_same_file_again_changes_nothing(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    before = contents()
    assert counts(bring(addresses(tmp_path))) == {"read": 3, "unchanged": 3}
    assert contents() == before


def test_two_doors_of_one_address_are_both_kept(town: Town, tmp_path: Path) -> None:
    lines = [LINES[0], LINES[1], LINES[1].replace("300100", "300103")]
    assert counts(bring(addresses(tmp_path, *lines))) == {"read": 2, "added": 2}
    assert counts(bring(addresses(tmp_path, LINES[0], lines[2], lines[1]))) == {"read": 2, "unchanged": 2}


def test_a_file_that_lacks_most_of_them_is_refused(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    with refused("removes_too_much"):
        bring(addresses(tmp_path, *LINES[:2]))
    assert counts(bring(addresses(tmp_path, *LINES[:2]), dry_run=True))["removed"] == 2
    with pytest.raises(RemovesTooMuch):
        bring(addresses(tmp_path, *LINES[:2]))


def test_a_row_set_aside_removes_nothing(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    report = bring(addresses(tmp_path, *LINES[:3], ";;;;;300500;4230500"))
    assert counts(report) == {"read": 3, "unchanged": 2, "refused": 1}
    assert codes(report) == ["blank", "left_alone"]
    assert Place.objects.filter(key__startswith="import:post:").count() == 3


def test_an_import_of_addresses_is_undone(town: Town, tmp_path: Path) -> None:
    bring(addresses(tmp_path))
    before = contents()
    moved = LINES[1].replace("300100", "300105")
    report = bring(addresses(tmp_path, LINES[0], moved, "Νέα;1;;;;300300;4230300"), allow_removals=True)
    assert report.run is not None
    assert ImportChange.objects.filter(run=report.run).count() == 4
    undo_run(run=report.run, user=None)
    assert contents() == before


def test_a_file_without_streets_is_refused(town: Town, tmp_path: Path) -> None:
    with refused("no_such_field", field="name"):
        bring(addresses(tmp_path), rules=read_rules({}))

"""Keys that do not tell rows apart, and codes that a spreadsheet has spoilt."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importers.defects.saying import Defect, check_english, check_greek, each, told
from tests.importers.files import square, write, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def parcels(**fields: list[Any]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (first, *_) = fields.values()
        shapes = [square(200 * index, 0) for index in range(len(first))]
        return write(folder / "parcels.gpkg", shapes, fields)

    return make


def spreadsheet(folder: Path) -> Path:
    """ΚΑΕΚ that a spreadsheet took for numbers: the prefecture 05 lost its zero."""
    lines = [
        "kaek;lon;lat",
        "50123456789;21,73;38,24",
        "50123456790;21,74;38,24",
        "50123456790/0/1;21,74;38,25",
    ]
    return write_csv(folder / "parcels.csv", lines)


GOOD = "050123456789"
DEFECTS = [
    Defect(
        "a ΚΑΕΚ that lost its zero",
        spreadsheet,
        "kaek_lost_zero",
        "KAEK in “kaek” with 11 digits: 3. A spreadsheet took them for numbers and dropped the leading zero. The "
        "first, 50123456789 in row 1, should be 050123456789. Make the column text with 12 digits and save the "
        "file again.",
        ("kaek", "11", "50123456789", "050123456789"),
        order={"key": "kaek"},
    ),
    Defect(
        "a ΚΑΕΚ that is none",
        parcels(kaek=[GOOD, f"{GOOD}/0/0", "05012345678A"]),
        "kaek_other",
        "KAEK in “kaek” that are not 12 digits: 1. The first is “05012345678A” in row 3. Correct them in the file.",
        ("kaek", "1", "05012345678A", "3"),
        order={"key": "kaek"},
    ),
    Defect(
        "a key that comes twice",
        parcels(KEY=["A", "B", "A", "A"]),
        "keys_repeated",
        "Values of the key “KEY” that occur more than once: 1, for example “A”.",
        ("KEY", "1", "“A”"),
    ),
    Defect("a row without a key", parcels(KEY=["A", "", "C"]), "no_key", "The key field is blank."),
    Defect(
        "numbers as text",
        parcels(KEY=["A", "B"], floors=["3", "12"], height=["3,5", "1.200,5"], code=["01", "2"]),
        "numbers_as_text",
        "These fields hold numbers as text: floors, height.",
        ("floors, height",),
    ),
    Defect(
        "dates as text",
        parcels(KEY=["A", "B"], since=["31/12/2024", "1/2/2025"], till=["2024-12-31T10:00", "x"]),
        "dates_as_text",
        "These fields hold dates as text: since.",
        ("since",),
    ),
]


@each(DEFECTS)
def test_the_defect_is_told(defect: Defect, tmp_path: Path) -> None:
    check_english(defect, tmp_path)


@each(DEFECTS)
def test_the_defect_is_told_in_greek(defect: Defect, tmp_path: Path) -> None:
    check_greek(defect, tmp_path)


REPEATED = {
    "en": "Values of the key “KEY” occur more than once, for example “A”. Choose a field whose values are unique",
    "el": "Τιμές του κλειδιού «KEY» εμφανίζονται πάνω από μία φορά",
}


@pytest.mark.parametrize(("language", "says"), REPEATED.items())
def test_a_repeated_key_is_refused_with_an_example(tmp_path: Path, language: str, says: str) -> None:
    found = told(parcels(KEY=["A", "B", "A"])(tmp_path), language, {}, {"key": "KEY"})
    assert found.messages["repeated_keys"].startswith(says)
    assert "“A”" in found.messages["repeated_keys"]
    keys = found.report.evidence["keys"]
    assert (keys["repeated"], keys["repeated_rows"]) == (1, 1)
    assert keys["examples"] == [{"value": "A", "rows": [1, 3]}]


def test_codes_with_leading_zeros_are_no_numbers(tmp_path: Path) -> None:
    path = parcels(kaek=[GOOD, f"{GOOD}/0/0"], post=["02604", "26221"])(tmp_path)
    found = told(path, "en", {}, {"key": "kaek"})
    assert found.report.evidence["keys"]["kaek_bad"] == 0
    assert found.report.evidence["keys"]["kaek"]["suffixed"] == 1
    assert "numbers_as_text" not in found.messages


def test_fields_tell_how_full_they_are(tmp_path: Path) -> None:
    path = parcels(KEY=["A", "B", "C", "D"], name=["Πάτρα", "", "Ρίο", ""])(tmp_path)
    (key, name) = told(path, "en", {}, {"key": "KEY"}).report.evidence["fields"]
    assert (key["filled"], key["filled_share"]) == (4, 1)
    assert (name["filled"], name["filled_share"], name["examples"]) == (2, 0.5, ["Πάτρα", "Ρίο"])

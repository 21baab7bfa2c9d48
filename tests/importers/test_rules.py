"""Rules: which field of a file fills which, with constants, lists of values, splits, numbers and dates."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from importers.errors import BadMapping, FileMissing, PatternTooSlow
from importers.rules import Rules, TargetField, read_mapping_file, read_rules
from importers.sources.base import Batch
from tests.factories import Town
from tests.importers.files import square, write
from tests.importers.layers import current, load

FIELDS = [
    TargetField("lamp", "Λαμπτήρας", "choice", choices=[("sodium", "Νατρίου"), ("led", "LED")]),
    TargetField("watts", "Ισχύς", "number"),
    TargetField("poles", "Ιστοί", "integer"),
    TargetField("since", "Από", "date"),
    TargetField("seen", "Είδαν", "moment"),
    TargetField("street", "Οδός"),
]


def rows(*records: dict[str, Any]) -> Batch:
    return Batch(1, np.full(len(records), None, dtype=object), list(records))


def filled(document: dict[str, Any], *records: dict[str, Any], fields: Any = FIELDS) -> list[dict[str, Any]]:
    batch = read_rules(document, fields).applied(rows(*records))
    assert not batch.problems
    return list(batch.records)


def problem(document: dict[str, Any], record: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    batch = read_rules(document, FIELDS).applied(rows(record))
    found = batch.problems[0]
    return found.code, found.facts


def bad(document: dict[str, Any], fields: Any = FIELDS, **options: Any) -> str:
    with translation.override("en"), pytest.raises(BadMapping) as caught:
        read_rules(document, fields, name="lamps.yaml", **options)
    assert "%(" not in str(caught.value)
    return str(caught.value.facts["reason"])


def test_without_rules_the_batch_is_the_same_object() -> None:
    batch = rows({"α": 1})
    assert Rules().applied(batch) is batch
    assert read_rules({}).applied(batch) is batch


def test_names_change_and_other_fields_stay() -> None:
    assert filled({"height": "ΥΨΟΣ"}, {"ΥΨΟΣ": 4.5, "ΟΔΟΣ": "Ερμού"}) == [{"height": 4.5, "ΟΔΟΣ": "Ερμού"}]
    assert filled({"height": "ΥΨΟΣ", "others": "drop"}, {"ΥΨΟΣ": 4.5, "ΟΔΟΣ": "Ερμού"}) == [{"height": 4.5}]


def test_a_name_that_a_rule_fills_is_not_filled_by_the_field_of_that_name() -> None:
    assert filled({"street": "ΟΔΟΣ"}, {"ΟΔΟΣ": "Ερμού", "street": "old"}) == [{"street": "Ερμού"}]
    assert filled({"street": "ΟΔΟΣ"}, {"street": "old"}) == [{}]


def test_a_list_of_values_and_a_constant() -> None:
    document = {
        "lamp": {"field": "ΛΑΜΠΑ", "values": {"Λαμπτήρας Na": "sodium"}},
        "owner": {"constant": "δήμος"},
    }
    assert filled(document, {"ΛΑΜΠΑ": " Λαμπτήρας Na "}, {"ΛΑΜΠΑ": "led"}) == [
        {"lamp": "sodium", "owner": "δήμος"},
        {"lamp": "led", "owner": "δήμος"},
    ]
    code, facts = problem(document, {"ΛΑΜΠΑ": "Hg"})
    assert (code, facts["value"], facts["field"]) == ("not_a_choice", "Hg", "lamp")


def test_what_the_list_does_not_know_and_blanks_get_the_default() -> None:
    document = {"lamp": {"field": "t", "values": {1: "led"}, "default": "sodium"}}
    assert filled(document, {"t": 1.0}, {"t": 7}, {}) == [
        {"lamp": "led"},
        {"lamp": "sodium"},
        {"lamp": "sodium"},
    ]


@pytest.mark.parametrize(
    ("written", "rule", "number"),
    [
        ("1.234,5", {"decimal": ","}, 1234.5),
        ("1 234,5", {"decimal": ","}, 1234.5),
        ("1,234.5", {"decimal": "."}, 1234.5),
        ("1.234", {"decimal": ","}, 1234),
        ("1.234", {}, 1.234),
        ("-0,75", {}, -0.75),
        ("1'234.5", {"decimal": ".", "thousands": "'"}, 1234.5),
        (250, {}, 250),
    ],
)
def test_numbers_as_they_are_written(written: Any, rule: dict[str, Any], number: float) -> None:
    [record] = filled({"watts": {"field": "w", **rule}}, {"w": written})
    assert record["watts"] == pytest.approx(number)


@pytest.mark.parametrize("written", ["250W", "1.23.4", "12.34,5", "", None, True, "nan", "1e400"])
def test_what_is_no_number_is_refused_and_blanks_are_left_out(written: Any) -> None:
    batch = read_rules({"watts": {"field": "w", "decimal": ","}}, FIELDS).applied(rows({"w": written}))
    if written in ("", None):
        assert (list(batch.records), batch.problems) == ([{}], {})
    else:
        assert batch.problems[0].code == "bad_number"


def test_whole_numbers_have_no_fraction() -> None:
    assert filled({"poles": "p"}, {"p": "12"}, {"p": 3.0}) == [{"poles": 12}, {"poles": 3}]
    assert problem({"poles": "p"}, {"p": 2.5})[0] == "bad_number"


@pytest.mark.parametrize(
    ("written", "form", "day"),
    [
        ("3/2/2024", "d/m/y", "2024-02-03"),
        ("03-02-24", "d/m/y", "2024-02-03"),
        ("3.2.1998 14:05", "d/m/y", "1998-02-03"),
        ("2/3/2024", "m/d/y", "2024-02-03"),
        ("20240203", "%Y%m%d", "2024-02-03"),
        ("2024-02-03", "", "2024-02-03"),
    ],
)
def test_dates_as_they_are_written(written: str, form: str, day: str) -> None:
    rule = {"field": "d", "format": form} if form else "d"
    assert filled({"since": rule}, {"d": written}) == [{"since": day}]


def test_moments_are_kept_in_utc() -> None:
    athens = {"seen": {"field": "s", "format": "d/m/y"}, "time_zone": "Europe/Athens"}
    assert filled(athens, {"s": "5/7/2024 2:30:00 μμ"}) == [{"seen": "2024-07-05T11:30:00+00:00"}]
    offset = {"seen": "s", "time_zone": "Europe/Athens"}
    assert filled(offset, {"s": "2024-01-05T10:00:00+05:00"}) == [{"seen": "2024-01-05T05:00:00+00:00"}]
    unix = {"seen": {"field": "s", "format": "unix-ms"}}
    assert filled(unix, {"s": 1720175400000}) == [{"seen": "2024-07-05T10:30:00+00:00"}]
    assert problem(athens, {"s": "31/2/2024"})[0] == "bad_date"


def test_texts_are_cut_and_joined() -> None:
    address = {"ΔΙΕΥΘΥΝΣΗ": "Αγίου Ανδρέου 12Α"}
    document = {
        "street": {"field": "ΔΙΕΥΘΥΝΣΗ", "split": {"pattern": r"^(.*?)\s+\d"}},
        "number": {"field": "ΔΙΕΥΘΥΝΣΗ", "split": {"separator": " ", "index": -1}},
        "others": "drop",
    }
    assert filled(document, address) == [{"street": "Αγίου Ανδρέου", "number": "12Α"}]
    assert filled(document, {"ΔΙΕΥΘΥΝΣΗ": "Πλατεία"}) == [{"number": "Πλατεία"}]
    joined = {"street": {"fields": ["a", "b", "c"], "join": ", ", "case": "upper"}}
    assert filled(joined, {"a": "οδός", "c": 7.0}) == [{"street": "ΟΔΌΣ, 7"}]


def test_a_pattern_that_would_take_for_ever_ends_the_import() -> None:
    rules = read_rules({"x": {"field": "t", "split": {"pattern": r"^(a+)+$"}}})
    started = time.monotonic()
    with pytest.raises(PatternTooSlow):
        rules.applied(rows({"t": "a" * 5000 + "!"}))
    assert time.monotonic() - started < 5


def test_a_problem_of_the_reader_comes_first() -> None:
    batch = rows({"w": "x"})
    batch.problems[0] = problem_of_reader = read_problem()
    assert read_rules({"watts": "w"}, FIELDS).applied(batch).problems == {0: problem_of_reader}


def read_problem() -> Any:
    from importers.sources.base import Problem

    return Problem("wrong_width", {"found": 1, "expected": 2})


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"watts": {"field": "w", "constant": 1}}, "one of a field, fields or a constant"),
        ({"watts": {}}, "one of a field, fields or a constant"),
        ({"watts": 7}, "must be a field, or an object"),
        ({"watts": {"field": "w", "colour": "red"}}, "must be a field, or an object"),
        ({"watts": {"constant": "much"}}, "“much” doesn't fit"),
        ({"lamp": {"field": "l", "values": {"Na": "sodum"}}}, "“sodum” doesn't fit"),
        ({"lamp": {"field": "l", "values": [1]}}, "must be pairs"),
        ({"street": {"fields": "ab"}}, "a list of names"),
        ({"street": {"field": "a", "split": {"pattern": "("}}}, "not a pattern"),
        ({"street": {"field": "a", "split": {"pattern": "x" * 300}}}, "not a pattern"),
        ({"street": {"field": "a", "split": {"separator": ",", "index": "last"}}}, "must be a number"),
        ({"street": {"field": "a", "case": "snake"}}, "upper, lower, title"),
        ({"since": {"field": "d", "format": "dd.mm.yy"}}, "%d/%m/%Y"),
        ({"watts": {"field": "w", "decimal": "'"}}, "must be made of"),
        ({"street": "a", "time_zone": "Mars/Olympus"}, "Europe/Athens"),
        ({"street": "a", "others": "some"}, "keep, drop"),
        ({"street": "a", "place": {"layer": "x"}}, "with a key"),
        ({"street": "a", "options": {"colour": "red"}}, "must be made of"),
        ({"": "a"}, "is not one of"),
    ],
)
def test_a_bad_document_is_refused_in_a_sentence(document: dict[str, Any], words: str) -> None:
    assert words in bad(document)


def test_a_target_that_is_not_open_takes_its_own_fields_only() -> None:
    required = [TargetField("code", "κωδικός", required=True), TargetField("name", "όνομα")]
    assert "“colour” is not one of code, name" in bad({"colour": "c"}, required, is_open=False)
    assert "“code” is missing" in bad({"name": "n"}, required, is_open=False)
    assert read_rules({"code": "c"}, required, is_open=False).applied(rows({"c": 1, "d": 2})).records == [
        {"code": "1"}
    ]


def test_a_file_says_no_and_means_no(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("lit: {field: f, values: {no: off, NO: dark, true: on}}", encoding="utf-8")
    document = read_mapping_file(path)
    assert document["lit"]["values"] == {"no": "off", "NO": "dark", True: "on"}
    with pytest.raises(FileMissing):
        read_mapping_file(tmp_path / "missing.yaml")


@pytest.mark.django_db
def test_a_layer_is_filled_by_rules_and_keeps_its_key(town: Town, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.gpkg",
        [square(0, 0), square(200, 0)],
        {"ΚΑΕΚ": ["010010010001", "010010010002"], "ΕΜΒ": ["1.250,5", "πολύ"], "ΧΡΗΣΗ": ["ΚΑΤ", "ΒΙΟ"]},
    )
    rules = read_rules(
        {
            "kaek": "ΚΑΕΚ",
            "area_m2": {"field": "ΕΜΒ", "decimal": ","},
            "use": {"field": "ΧΡΗΣΗ", "values": {"ΚΑΤ": "residential"}},
        }
    )
    report = load(path, key="ΚΑΕΚ", rules=rules)
    assert [(f.row, f.key, f.code) for f in report.findings if f.refuses] == [
        (2, "010010010002", "bad_number")
    ]
    [feature] = current().values()
    assert feature.key == "010010010001"
    assert feature.properties == {"kaek": "010010010001", "area_m2": 1250.5, "use": "residential"}
    again = load(path, key="kaek", rules=rules)
    assert (again.counts["unchanged"], again.counts["removed"]) == (1, 0)

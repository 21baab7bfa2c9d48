"""What a check remembers of a file is bounded, and what it tells is exact all the same."""

import random
from collections import Counter

import pytest

from importers.evidence import fields, repeats
from importers.evidence.fields import Fields
from importers.evidence.repeats import Repeats
from importers.evidence.values import Values


def told(values: list[int], batch: int) -> Repeats:
    found = Repeats()
    for start in range(0, len(values), batch):
        rows = list(range(start + 1, start + 1 + len(values[start : start + batch])))
        found.see(values[start : start + batch], rows)
    return found


@pytest.mark.parametrize("at_once", [1, 50, 1 << 19])
def test_repeats_are_told_alike_however_many_are_sorted_at_once(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(repeats, "SORTED_AT_ONCE", at_once)
    monkeypatch.setattr(repeats, "READ_AT_ONCE", 7)
    chance = random.Random(3)
    values = [chance.randrange(-60, 60) for _ in range(150)]
    found = told(values, 40)
    counts = Counter(values)
    assert found.extra() == 150 - len(counts)
    assert found.repeated() == sum(count > 1 for count in counts.values())
    rows: dict[int, list[int]] = {}
    for row, value in enumerate(values, start=1):
        rows.setdefault(value, []).append(row)
    assert found.rows() == [of_value[:5] for of_value in rows.values() if len(of_value) > 1][:5]


def test_of_nothing_nothing_is_told() -> None:
    for values in ([], [1], [1, 2]):
        found = told(values, 10)
        assert (found.extra(), found.repeated(), found.rows()) == (0, 0, [])


def test_texts_are_found_by_their_row() -> None:
    values = Values()
    values.see([1, 3], ["α", "β\0γ"])
    values.see([5, 6], ["\ud800", "x" * 100])
    assert [values.of(row) for row in (0, 1, 2, 3, 4, 6, 7)] == ["", "α", "", "β\0γ", "", "x" * 80, ""]
    values.see([9], ["last"])
    assert values.of(9) == "last"


def test_many_fields_that_could_be_the_key_share_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "MOST_MARKS", 40)
    few, many = Fields(["a"]), Fields([f"f{number}" for number in range(20)])
    few.see([{"a": row} for row in range(10)])
    many.see([{f"f{number}": row for number in range(20)} for row in range(10)])
    assert few.as_json()[0]["unique"] is True
    assert {field["unique"] for field in many.as_json()} == {None}

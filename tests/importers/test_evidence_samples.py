"""What a check keeps of a stream: even samples, and exactly what comes again."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from importers.evidence.evenly import Evenly
from importers.evidence.fields import Fields
from importers.evidence.keys import Keys
from importers.evidence.repeats import Repeats

batches = st.lists(st.integers(0, 40), max_size=12)


@given(sizes=batches, most=st.integers(1, 16))
def test_a_sample_is_every_nth_of_all(sizes: list[int], most: int) -> None:
    sample: Evenly[int] = Evenly(most)
    seen = 0
    for size in sizes:
        sample.keep([seen + index for index in sample.wanted(size)])
        seen += size
    kept = sample.kept
    assert len(kept) <= most
    assert len(kept) >= min(seen, (most + 1) // 2)
    steps = {after - before for before, after in pairwise(kept)}
    assert len(steps) <= 1
    assert kept[:1] == [0][:seen]


@given(batches=st.lists(st.lists(st.integers(0, 6), max_size=8), max_size=6))
def test_repeats_are_counted_exactly(batches: list[list[int]]) -> None:
    repeats, row = Repeats(), 0
    rows_of: dict[int, list[int]] = {}
    for values in batches:
        rows = list(range(row + 1, row + 1 + len(values)))
        repeats.see(values, rows)
        for value, number in zip(values, rows, strict=True):
            rows_of.setdefault(value, []).append(number)
        row += len(values)
    counts = Counter({value: len(rows) for value, rows in rows_of.items()})
    again = {value: rows for value, rows in rows_of.items() if counts[value] > 1}
    assert repeats.extra() == sum(counts[value] - 1 for value in again)
    assert repeats.repeated() == len(again)
    first = sorted(again.values(), key=lambda rows: rows[1])
    assert {tuple(rows) for rows in repeats.rows()} <= {tuple(rows[:5]) for rows in first}
    assert len(repeats.rows()) == min(5, len(again))


def test_the_value_of_a_repeated_key_is_found_in_any_batch() -> None:
    keys = Keys("id", ["id"])
    keys.see([1, 2], [{"id": "A"}, {}])
    keys.see([3, 4, 5], [{"id": 7}, {"id": "B"}, {"id": 7.0}])
    found = keys.as_json()
    assert (found["missing"], found["repeated"]) == (1, 1)
    assert found["examples"] == [{"value": "7", "rows": [3, 5]}]


def test_fields_that_could_be_the_key_are_found() -> None:
    fields = Fields(["id", "use", "name"])
    fields.see([{"id": 1, "use": "a", "name": "x"}, {"id": 2, "use": "a"}])
    assert {one["name"]: one["unique"] for one in fields.as_json()} == {
        "id": True,
        "use": False,
        "name": False,
    }

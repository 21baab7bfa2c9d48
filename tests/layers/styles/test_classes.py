"""Bounds of classes are reckoned over the rows that the reader sees."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.models import Layer
from layers.ogcapi.fields import OgcField, fields_of
from layers.sources import FeatureSource, source_for
from layers.styles.classes import class_breaks, common_values, natural_breaks, rounded
from tests.factories import FeatureFactory, LayerFactory

SCHEMA = {"properties": {"far": {"type": "number"}, "use": {"type": "string"}, "floors": {"type": "integer"}}}


@pytest.fixture
def layer(db: None) -> Layer:
    layer = LayerFactory.create(slug="plots", field_schema=SCHEMA)
    for far in range(100):
        FeatureFactory.create(layer=layer, properties={"far": far**2 / 100, "use": "α" if far < 70 else "β"})
    for odd in ({}, {"far": None}, {"far": "many"}):
        FeatureFactory.create(layer=layer, properties=odd)
    return layer


def asked(name: str) -> tuple[FeatureSource, OgcField]:
    source = source_for(AnonymousUser(), "plots")
    return source, next(field for field in fields_of(source) if field.name == name)


def test_quantiles_hold_equally_many(layer: Layer) -> None:
    bounds = class_breaks(*asked("far"), "quantile", 4)
    values = sorted(far**2 / 100 for far in range(100))
    assert bounds == pytest.approx([values[24], values[49], values[74]], rel=0.1)
    inside = [sum(1 for value in values if value < bound) for bound in bounds]
    assert inside == pytest.approx([25, 50, 75], abs=1)


def test_equal_steps(layer: Layer) -> None:
    assert class_breaks(*asked("far"), "equal", 3) == pytest.approx([32.7, 65.3], abs=0.1)


def test_natural_breaks_lie_in_the_gaps(db: None) -> None:
    layer = LayerFactory.create(slug="plots", field_schema=SCHEMA)
    for far in (0.1, 0.11, 0.12, 0.5, 0.51, 2.0, 2.01, 2.02, 2.03):
        FeatureFactory.create(layer=layer, properties={"far": far})
    low, high = class_breaks(*asked("far"), "natural", 3)
    assert 0.12 < low <= 0.5
    assert 0.51 < high <= 2.0


@pytest.mark.parametrize("method", ["quantile", "equal", "natural"])
def test_a_layer_without_numbers_or_with_one_has_one_class(db: None, method: str) -> None:
    layer = LayerFactory.create(slug="plots", field_schema=SCHEMA)
    assert class_breaks(*asked("far"), method, 5) == []
    FeatureFactory.create(layer=layer, properties={"far": 2})
    assert len(class_breaks(*asked("far"), method, 5)) <= 1


def test_common_values_come_first_as_the_map_reads_them(layer: Layer) -> None:
    FeatureFactory.create(layer=layer, properties={"floors": 2.0})
    FeatureFactory.create(layer=layer, properties={"floors": 2})
    assert common_values(*asked("use"), 10) == ["α", "β"]
    assert common_values(*asked("use"), 1) == ["α"]
    assert common_values(*asked("floors"), 10) == ["2"]


def test_bounds_are_round() -> None:
    assert rounded([0.79999999, 1.2000001, 1.2000002]) == [0.8, 1.2]
    assert rounded([]) == []
    assert rounded([1234567.8, 2345678.9]) == [1230000, 2350000]


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 60), st.integers(1, 5), min_size=2, max_size=9), st.integers(2, 4))
def test_natural_breaks_are_the_best_there_are(counted: dict[int, int], classes: int) -> None:
    values = sorted(counted)
    counts = [counted[value] for value in values]
    found = natural_breaks(values, counts, classes)
    every = combinations(values[1:], min(classes, len(values)) - 1)
    best = min(_squares(values, counts, bounds) for bounds in every)
    assert _squares(values, counts, found) == pytest.approx(best, abs=1e-6)


def _squares(values: Sequence[float], counts: Sequence[int], bounds: Sequence[float]) -> float:
    edges = [float("-inf"), *bounds, float("inf")]
    total = 0.0
    for low, high in pairwise(edges):
        held = [
            value for value, n in zip(values, counts, strict=True) for _ in range(n) if low <= value < high
        ]
        mean = sum(held) / len(held)
        total += sum((value - mean) ** 2 for value in held)
    return total

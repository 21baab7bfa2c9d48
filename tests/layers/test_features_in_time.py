"""Two clocks: when it holds in the world, and when the database knew. Nothing is overwritten."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import IntegrityError

from core.errors import Conflict
from layers.actions import FeatureState, RecordedTooEarly, create_layer, write_features
from layers.models import Feature, Layer
from tests.factories import LayerFactory, box

pytestmark = pytest.mark.django_db


def day(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def zone(ratio: float, key: str = "Z1") -> FeatureState:
    return FeatureState(key, {"ratio": ratio}, box(0, 0, 100, 100))


def ratio(layer: Layer, valid: int, known: int | None = None) -> float | None:
    state = Feature.objects.of_layer(layer.pk).as_of(day(valid), day(known) if known else None).first()
    return state.properties["ratio"] if state else None


@pytest.fixture
def zones() -> Layer:
    """In force from 2000 with 0.8, recorded in 2010; from 2020 with 1.2, recorded in 2021."""
    layer = LayerFactory.create(slug="zones")
    write_features(layer=layer, states=[zone(0.8)], valid_from=day(2000), recorded_at=day(2010))
    write_features(layer=layer, states=[zone(1.2)], valid_from=day(2020), recorded_at=day(2021))
    return layer


def test_change_holds_from_its_day_and_the_past_stays(zones: Layer) -> None:
    assert (ratio(zones, 2005), ratio(zones, 2019), ratio(zones, 2022)) == (0.8, 0.8, 1.2)
    assert ratio(zones, 1999) is None
    assert [state.properties["ratio"] for state in Feature.objects.of_layer(zones.pk).current()] == [1.2]


def test_what_was_known_then_can_be_asked(zones: Layer) -> None:
    """A permit of mid-2020 was issued before the change was recorded."""
    assert ratio(zones, valid=2021, known=2011) == 0.8
    assert ratio(zones, valid=2021, known=2022) == 1.2
    assert ratio(zones, valid=2005, known=2009) is None


def test_correction_replaces_the_state_for_all_its_time(zones: Layer) -> None:
    write_features(layer=zones, states=[zone(1.4)], correction=True, recorded_at=day(2023))
    assert (ratio(zones, 2019), ratio(zones, 2020), ratio(zones, 2024)) == (0.8, 1.4, 1.4)
    assert ratio(zones, valid=2022, known=2022) == 1.2


def test_change_told_late_reaches_back_over_what_was_believed(zones: Layer) -> None:
    write_features(layer=zones, states=[zone(0.4)], valid_from=day(2015), recorded_at=day(2024))
    assert (ratio(zones, 2014), ratio(zones, 2016), ratio(zones, 2025)) == (0.8, 0.4, 0.4)
    assert ratio(zones, valid=2016, known=2023) == 0.8


def test_states_of_a_thing_never_overlap_in_what_we_know(zones: Layer) -> None:
    write_features(layer=zones, states=[zone(0.4)], valid_from=day(2015), recorded_at=day(2024))
    write_features(layer=zones, states=[zone(0.5)], correction=True, recorded_at=day(2025))
    known = Feature.objects.of_layer(zones.pk).as_known().order_by("valid")
    for earlier, later in pairwise(state.valid for state in known):
        assert earlier.upper is not None
        assert later.lower is not None
        assert earlier.upper <= later.lower


def test_removed_thing_ends_and_its_past_stays(zones: Layer) -> None:
    counts = write_features(layer=zones, removed=["Z1"], valid_from=day(2023), recorded_at=day(2023))
    assert counts.removed == 1
    assert (ratio(zones, 2022), ratio(zones, 2023)) == (1.2, None)
    assert Feature.objects.of_layer(zones.pk).current().count() == 0


def test_removed_thing_can_come_back(zones: Layer) -> None:
    write_features(layer=zones, removed=["Z1"], valid_from=day(2023), recorded_at=day(2023))
    write_features(layer=zones, states=[zone(2.0)], valid_from=day(2025), recorded_at=day(2025))
    assert (ratio(zones, 2022), ratio(zones, 2024), ratio(zones, 2026)) == (1.2, None, 2.0)


def test_complete_writing_ends_what_is_not_in_it(zones: Layer) -> None:
    counts = write_features(layer=zones, states=[zone(1.0, "Z2")], complete=True, recorded_at=day(2024))
    assert (counts.added, counts.removed) == (1, 1)
    assert [state.key for state in Feature.objects.of_layer(zones.pk).current()] == ["Z2"]


def test_same_again_writes_nothing(zones: Layer) -> None:
    before = Feature.objects.count()
    counts = write_features(layer=zones, states=[zone(1.2)], complete=True)
    assert (counts.unchanged, counts.any_change) == (1, False)
    assert Feature.objects.count() == before
    assert zones.revision == Layer.objects.get(pk=zones.pk).revision


def test_moved_corner_is_a_change(zones: Layer) -> None:
    moved = FeatureState("Z1", {"ratio": 1.2}, box(0, 0, 100, 100.001))
    assert write_features(layer=zones, states=[moved]).changed == 1


def test_nothing_can_be_recorded_before_what_is_known(zones: Layer) -> None:
    before = list(Feature.objects.order_by("pk").values_list("pk", "valid", "recorded"))
    with pytest.raises(RecordedTooEarly) as refusal:
        write_features(layer=zones, states=[zone(9.9)], recorded_at=day(2020))
    assert isinstance(refusal.value, Conflict)
    assert list(Feature.objects.order_by("pk").values_list("pk", "valid", "recorded")) == before


def test_key_that_comes_twice_is_refused(zones: Layer) -> None:
    with pytest.raises(IntegrityError):
        write_features(layer=zones, states=[zone(1.0), zone(1.1)])


def test_texts_that_look_like_copy_syntax_arrive_as_they_are() -> None:
    layer = LayerFactory.create()
    odd = {"text": 'tab\there\nline\\N "quoted" ά \\', "list": [1, {"a": None}]}
    write_features(layer=layer, states=[FeatureState("a\tb\\", odd, None)])
    state = layer.features.get()
    assert (state.key, state.properties, state.geom) == ("a\tb\\", odd, None)


def test_layer_is_made_with_its_own_table_even_after_others_were_filled(zones: Layer) -> None:
    other = create_layer(slug="other", title="Άλλο", theme="plan", geometry_kind="polygon")
    write_features(layer=other, states=[zone(3.0)])
    plan = Feature.objects.of_layer(other.pk).current().explain()
    assert f"layers_feature_{other.pk}" in plan
    assert f"layers_feature_{zones.pk} " not in plan

"""A revision is taken back: what nobody touched since is as it was before, on both clocks; the rest is told."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from layers.actions import (
    Cause,
    FeatureState,
    RecordedTooEarly,
    judge_undo,
    undo_conflicts,
    undo_revision,
    write_features,
)
from layers.models import Feature, Layer, Revision
from tests.factories import LayerFactory, UserFactory, box

pytestmark = pytest.mark.django_db


def day(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def zone(key: str, ratio: float) -> FeatureState:
    return FeatureState(key, {"ratio": ratio}, box(0, 0, 100, 100 + ratio))


def write(layer: Layer, **writing: Any) -> Revision:
    assert write_features(layer=layer, **writing).any_change
    revision = Revision.objects.latest_of(layer.pk)
    assert revision is not None
    return revision


def known(layer: Layer, moment: datetime | None = None) -> set[tuple[Any, ...]]:
    """All that is believed, of all times: key, valid, value, exact geometry."""
    rows = Feature.objects.of_layer(layer.pk)
    rows = rows.as_known() if moment is None else rows.filter(recorded__contains=moment)
    return {
        (row.key, row.valid.lower, row.valid.upper, row.properties["ratio"], bytes(row.geom.ewkb))
        for row in rows
        if row.geom is not None
    }


@pytest.fixture
def layer() -> Layer:
    layer: Layer = LayerFactory.create(slug="zones")
    states = [zone("A", 1), zone("B", 1), zone("C", 1)]
    write_features(layer=layer, states=states, valid_from=day(2000), recorded_at=day(2010))
    return layer


def test_undo_of_the_last_revision_brings_back_everything(layer: Layer) -> None:
    before = known(layer)
    states = [zone("A", 2), zone("B", 1), zone("D", 4)]
    revision = write(layer, states=states, complete=True, valid_from=day(2015), recorded_at=day(2016))
    after = known(layer)
    undone = undo_revision(revision=revision)
    assert known(layer) == before
    assert (undone.counts.added, undone.counts.changed, undone.counts.removed) == (1, 1, 1)
    assert undone.conflicts == 0
    assert known(layer, day(2017)) == after, "what was believed in between is still known"
    assert known(layer, day(2011)) == before


def test_undo_of_the_first_revision_leaves_nothing_but_history(layer: Layer) -> None:
    [revision] = layer.revisions.all()
    assert undo_revision(revision=revision).counts.removed == 3
    assert known(layer) == set()
    assert len(known(layer, day(2011))) == 3


def test_undo_is_kept_as_a_revision_with_who_and_why(layer: Layer) -> None:
    carl = UserFactory.create()
    [first] = layer.revisions.all()
    undone = undo_revision(revision=first, cause=Cause(carl, "λάθος αρχείο"))
    kept = Revision.objects.latest_of(layer.pk)
    assert kept == undone.revision
    assert kept is not None
    assert (kept.actor, kept.reason) == (carl, "λάθος αρχείο")
    assert kept.counts == {"added": 0, "changed": 0, "removed": 3, "conflicts": 0}
    assert kept.number == Layer.objects.get(pk=layer.pk).revision == first.number + 1


def test_what_was_changed_since_stays_and_is_a_conflict(layer: Layer) -> None:
    revision = write(layer, states=[zone("A", 2), zone("B", 2)], recorded_at=day(2016), valid_from=day(2016))
    write(layer, states=[zone("A", 3)], recorded_at=day(2018), valid_from=day(2018))
    held = {row for row in known(layer) if row[0] == "A"}
    assert (judge_undo(revision).back, judge_undo(revision).conflicts) == (1, 1)
    assert undo_conflicts(revision, 10) == ["A"]
    undone = undo_revision(revision=revision)
    assert (undone.counts.changed, undone.conflicts) == (1, 1)
    assert {row for row in known(layer) if row[0] == "A"} == held
    assert [row[3] for row in known(layer) if row[0] == "B"] == [1]


def test_conflict_that_is_decided_goes_back_to_all_its_states_before(layer: Layer) -> None:
    write(layer, states=[zone("A", 1.5)], valid_from=day(2012), recorded_at=day(2013))
    before = known(layer)
    revision = write(layer, states=[zone("A", 2)], valid_from=day(2005), recorded_at=day(2016))
    write(layer, removed=["A"], valid_from=day(2018), recorded_at=day(2018))
    assert undo_revision(revision=revision, back=["A"]).counts.added == 1
    assert known(layer) == before


def test_later_work_on_other_keys_is_left_alone(layer: Layer) -> None:
    revision = write(layer, states=[zone("A", 2)], recorded_at=day(2016))
    write(layer, states=[zone("B", 9)], recorded_at=day(2018), correction=True)
    assert undo_revision(revision=revision).conflicts == 0
    assert sorted((row[0], row[3]) for row in known(layer)) == [("A", 1), ("B", 9), ("C", 1)]


def test_runs_are_undone_one_after_the_other_without_conflicts(layer: Layer) -> None:
    before = known(layer)
    first = write(layer, states=[zone("A", 2)], valid_from=day(2015), recorded_at=day(2016))
    second = write(layer, states=[zone("A", 3)], valid_from=day(2017), recorded_at=day(2018))
    undo_revision(revision=second)
    assert undo_revision(revision=first).conflicts == 0
    assert known(layer) == before


def test_undo_of_an_undo_brings_the_revision_back(layer: Layer) -> None:
    revision = write(layer, states=[zone("A", 2)], removed=["B"], valid_from=day(2015), recorded_at=day(2016))
    after = known(layer)
    undo = undo_revision(revision=revision).revision
    assert undo is not None
    assert undo_revision(revision=undo).conflicts == 0
    assert known(layer) == after


def test_what_somebody_put_back_by_hand_is_no_conflict(layer: Layer) -> None:
    revision = write(layer, states=[zone("A", 2)], correction=True, recorded_at=day(2016))
    write(layer, states=[zone("A", 1)], correction=True, recorded_at=day(2018))
    undone = undo_revision(revision=revision)
    assert (undone.counts.any_change, undone.conflicts, undone.revision) == (False, 0, None)


def test_nothing_can_be_undone_before_what_is_known(layer: Layer) -> None:
    later = timezone.now().replace(year=timezone.now().year + 1)
    revision = write(layer, states=[zone("A", 2)], recorded_at=later)
    held = known(layer)
    with pytest.raises(RecordedTooEarly):
        undo_revision(revision=revision)
    assert known(layer) == held

"""An import into a layer is undone: by name of the run, also after later ones, and told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from importers.actions import undo_layer
from importers.actions.undo import conflicts, undo_preview, undo_run
from importers.models import ImportRun, ImportState
from importers.undo_errors import AlreadyUndone, NothingToUndo
from layers.actions import FeatureState, partition_of, write_features
from layers.models import Feature, Layer
from tests.factories import Town
from tests.importers.files import square, write_geojson
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db
Parcels = Callable[[dict[str, str]], ImportRun]


@pytest.fixture
def bring(town: Town, tmp_path: Path) -> Parcels:
    """Imports a complete file of parcels: {key: use}."""

    def brought(uses: dict[str, str]) -> ImportRun:
        shapes = [square(200 * number, 0) for number in range(len(uses))]
        records: list[dict[str, Any]] = [{"kaek": key, "use": use} for key, use in uses.items()]
        report = load(write_geojson(tmp_path / "parcels.geojson", shapes, records))
        assert report.run is not None
        return report.run

    return brought


def uses() -> dict[str, str]:
    return {key: feature.properties["use"] for key, feature in current().items()}


def exactly() -> dict[str, tuple[dict[str, Any], bytes]]:
    """What holds now, to the last bit of the geometry."""
    return {key: (row.properties, bytes(row.geom.ewkb)) for key, row in current().items() if row.geom}


def edit(key: str, use: str) -> None:
    held = current()[key]
    state = FeatureState(key, {"kaek": key, "use": use}, held.geom)
    write_features(layer=Layer.objects.get(slug="parcels"), states=[state])


def test_undo_brings_back_what_the_import_changed(bring: Parcels, dora: User) -> None:
    bring({"A": "field", "B": "house"})
    before = exactly()
    run = bring({"A": "shop", "C": "road"})
    assert undo_preview(run).back == 3
    report = undo_run(run=run, user=dora)
    assert exactly() == before
    assert (report.counts["added"], report.counts["changed"], report.counts["removed"]) == (1, 1, 1)
    run.refresh_from_db()
    undo = run.undone_by
    assert (run.state, undo.state, undo.user, undo.undoes) == ("undone", ImportState.DONE, dora, run)
    assert undo.revision is not None
    assert undo.revision.actor == dora
    assert undo.revision.reason.endswith("parcels.geojson")


def test_undo_of_the_first_import_leaves_an_empty_layer_that_can_be_filled_again(bring: Parcels) -> None:
    run = bring({"A": "field"})
    undo_run(run=run, user=None)
    assert uses() == {}
    bring({"A": "shop"})
    assert uses() == {"A": "shop"}


def test_rows_that_somebody_touched_wait_for_a_decision(bring: Parcels) -> None:
    bring({"A": "field", "B": "house"})
    run = bring({"A": "shop", "B": "tower"})
    edit("A", "bank")
    [conflict] = conflicts(run)
    states = (conflict.before, conflict.after, conflict.now)
    assert conflict.key == "A"
    assert [state and state.properties["use"] for state in states] == ["field", "shop", "bank"]
    assert undo_preview(run).conflicts == 1
    report = undo_run(run=run, user=None)
    assert uses() == {"A": "bank", "B": "house"}
    assert [finding.facts for finding in report.findings] == [{"count": 1, "keys": "A"}]


@pytest.mark.parametrize("back", [["A"], None])
def test_decided_rows_go_back_too(bring: Parcels, back: list[str] | None) -> None:
    bring({"A": "field", "B": "house"})
    run = bring({"A": "shop", "B": "tower"})
    edit("A", "bank")
    undo_run(run=run, user=None, back=back)
    assert uses() == {"A": "field", "B": "house"}


def test_undo_of_an_undo_brings_the_import_back(bring: Parcels) -> None:
    bring({"A": "field"})
    run = bring({"A": "shop", "B": "house"})
    undo = undo_run(run=run, user=None).run
    assert undo is not None
    undo_run(run=undo, user=None)
    assert uses() == {"A": "shop", "B": "house"}


def test_a_run_is_undone_once(bring: Parcels) -> None:
    run = bring({"A": "field"})
    undo_run(run=run, user=None)
    with pytest.raises(AlreadyUndone):
        undo_run(run=run, user=None)
    with pytest.raises(AlreadyUndone):
        undo_preview(run)


def test_a_run_that_changed_nothing_cannot_be_undone(bring: Parcels) -> None:
    bring({"A": "field"})
    run = bring({"A": "field"})
    with pytest.raises(NothingToUndo):
        undo_run(run=run, user=None)
    assert not ImportRun.objects.filter(undoes=run).exists()


def test_dry_run_tells_and_changes_nothing(bring: Parcels) -> None:
    bring({"A": "field"})
    run = bring({"A": "shop"})
    report = undo_run(run=run, user=None, dry_run=True)
    assert report.counts["changed"] == 1
    assert uses() == {"A": "shop"}
    run.refresh_from_db()
    assert run.state == ImportState.DONE


def indexes(layer: Layer) -> set[str]:
    """What indexes the partition has, by their definition without names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [partition_of(layer)])
        return {definition.partition(" USING ")[2] for (definition,) in cursor.fetchall()}


def test_large_layer_is_written_anew_with_the_same_outcome(
    bring: Parcels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_layer, "REWRITTEN_FROM", 1)
    monkeypatch.setattr(undo_layer, "REWRITTEN_SHARE", 0)
    bring({"A": "field", "B": "house", "D": "yard"})
    before = exactly()
    run = bring({"A": "shop", "C": "road", "D": "yard"})
    assert run.revision is not None
    after, layer, told = (
        exactly(),
        Layer.objects.get(slug="parcels"),
        indexes(Layer.objects.get(slug="parcels")),
    )
    oid = _oid(layer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # what was written before this transaction, in earnest
    undo = undo_run(run=run, user=None).run
    assert _oid(layer) != oid, "it is another table"
    assert undo is not None
    assert undo.revision is not None
    assert exactly() == before
    assert indexes(layer) == told
    then = Feature.objects.of_layer(layer.pk).as_of(undo.created_at, run.revision.recorded_at)
    assert {row.key: row.properties["use"] for row in then} == {"A": "shop", "C": "road", "D": "yard"}
    assert all(row.geom_web is not None for row in Feature.objects.of_layer(layer.pk))
    undo_run(run=undo, user=None)
    assert exactly() == after


def _oid(layer: Layer) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::regclass::oid::bigint", [partition_of(layer)])
        return int(cursor.fetchone()[0])

"""Any sequence of imports, edits and undos leaves a history whose every past state reads back as it was.

HISTORY_EXAMPLES raises the number of sequences; each has up to twelve steps.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from importers.actions.undo import undo_preview, undo_run
from importers.models import ImportRun
from importers.undo_errors import AlreadyUndone
from layers.actions import FeatureState, judge_undo, undo_revision, write_features
from layers.models import Feature, Layer, Revision
from tests.importers.files import square, write_geojson
from tests.importers.layers import load
from tests.layers.timelines import Expected, Known, Value, at

pytestmark = pytest.mark.django_db

KEYS = "ABCD"
VALUES = range(3)
EXAMPLES = int(os.environ.get("HISTORY_EXAMPLES", "40"))
INSTANTS = [datetime(year, 7, 1, tzinfo=UTC) for year in (1999, 2000, 2005, 2010, 2015, 2020, 2045, 2050)]
STARTS = [datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 2005, 2010, 2020, 2045)]

starts = st.none() | st.sampled_from(STARTS)
some_keys = st.sets(st.sampled_from(KEYS))
some_values = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), min_size=1)


@dataclass(frozen=True)
class FileImport:
    """A complete file through the real importer."""

    values: dict[str, int]
    start: datetime | None


@dataclass(frozen=True)
class Edit:
    values: dict[str, int]
    removed: set[str]
    start: datetime | None
    correction: bool
    complete: bool


@dataclass(frozen=True)
class Undo:
    """Of an earlier revision (0 the last), with the conflicts in `back` decided (None: all)."""

    which: int
    back: set[str] | None


Step = FileImport | Edit | Undo
edits = st.builds(Edit, some_values | st.just({}), some_keys, starts, st.booleans(), st.booleans())
undos = st.builds(Undo, st.integers(0, 5), st.none() | some_keys)
imports = st.builds(FileImport, some_values, starts)
steps = st.tuples(imports, st.lists(st.one_of(imports, edits, undos, undos), max_size=11))


@dataclass
class Play:
    """Plays the steps on a layer and beside it, and remembers what was believed after each."""

    folder: Path
    shapes: dict[int, bytes]
    expected: Expected = field(default_factory=Expected)
    seen: list[tuple[datetime, Known]] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)

    @property
    def layer(self) -> Layer:
        return Layer.objects.get(slug="zones")

    def play(self, step: Step) -> None:
        if isinstance(step, FileImport):
            known = self._import(step)
        elif isinstance(step, Edit):
            known = self._edit(step)
        else:
            known = self._undo(step)
        self._keep(known)
        now = read(self.layer)
        assert now == self.expected.known, step
        self.seen.append((timezone.now(), now))

    def check_the_past(self) -> None:
        features = Feature.objects.of_layer(self.layer.pk)
        for moment, known in self.seen:
            assert read(self.layer, moment) == known
            for instant in [*INSTANTS, moment]:
                rows = features.as_of(instant, moment)
                assert {row.key: value_of(row) for row in rows} == at(known, instant)
                assert len(rows) == len(at(known, instant)), "one state a key"

    def _import(self, step: FileImport) -> Known:
        path = self.folder / "zones.geojson"
        shapes = [square(200 * value, 0) for value in step.values.values()]
        records = [{"id": key, "value": value} for key, value in step.values.items()]
        load(write_geojson(path, shapes, records), "zones", "id", valid_from=step.start)
        states = self._states(step.values)
        return self._written(states, set(), complete=True, correction=False, start=step.start)

    def _edit(self, step: Edit) -> Known:
        removed = step.removed - set(step.values)
        rows = [FeatureState(key, {"id": key, "value": v}, self._shape(v)) for key, v in step.values.items()]
        write_features(
            layer=self.layer,
            states=rows,
            removed=removed,
            complete=step.complete,
            correction=step.correction,
            valid_from=step.start,
        )
        states = self._states(step.values)
        return self._written(
            states, removed, complete=step.complete, correction=step.correction, start=step.start
        )

    def _undo(self, step: Undo) -> Known:
        if not self.revisions:
            return self.expected.known
        revision = self.revisions[-1 - step.which % len(self.revisions)]
        run = ImportRun.objects.filter(revision=revision).first()
        conflicts = self.expected.conflicts(revision.recorded_at)
        event("conflicts" if conflicts else "no conflicts")
        try:
            if run is None:
                assert judge_undo(revision).conflicts == len(conflicts)
                undo_revision(revision=revision, back=step.back)
            else:
                assert undo_preview(run).conflicts == len(conflicts)
                undo_run(run=run, user=None, back=step.back)
        except AlreadyUndone:
            return self.expected.known
        if revision == self.revisions[-1]:
            assert read(self.layer) == self.expected.revisions[revision.recorded_at][0], (
                "the last is undone exactly"
            )
        return self.expected.undo(revision.recorded_at, step.back)

    def _written(
        self,
        states: dict[str, Value],
        removed: set[str],
        *,
        complete: bool,
        correction: bool,
        start: datetime | None,
    ) -> Known:
        """Without a start a state holds from when it was recorded."""
        latest = Revision.objects.latest_of(self.layer.pk)
        assert latest is not None
        return self.expected.write(
            states,
            removed=removed,
            complete=complete,
            correction=correction,
            start=start or latest.recorded_at,
        )

    def _keep(self, known: Known) -> None:
        latest = Revision.objects.latest_of(self.layer.pk)
        assert latest is not None
        if not self.revisions or latest != self.revisions[-1]:
            self.expected.revisions[latest.recorded_at] = (self.expected.known, known)
            self.revisions.append(latest)
        self.expected.known = known

    def _states(self, values: dict[str, int]) -> dict[str, Value]:
        return {key: (value, self.shapes[value]) for key, value in values.items()}

    def _shape(self, value: int) -> GEOSGeometry:
        return GEOSGeometry(memoryview(self.shapes[value]))


def value_of(row: Feature) -> Value:
    assert row.geom is not None
    return row.properties["value"], bytes(row.geom.ewkb)


def read(layer: Layer, moment: datetime | None = None) -> Known:
    """All that is believed now, or was at a moment, of all times."""
    rows = Feature.objects.of_layer(layer.pk)
    rows = rows.as_known() if moment is None else rows.filter(recorded__contains=moment)
    known: Known = {}
    for row in rows.order_by("key", "valid"):
        earlier = known.get(row.key, ())
        lower = row.valid.lower
        assert lower is not None
        if earlier:
            assert earlier[-1][1] is not None
            assert earlier[-1][1] <= lower, "states of one key do not overlap"
        known[row.key] = (*earlier, (lower, row.valid.upper, value_of(row)))
    return known


@pytest.fixture
def shapes(tmp_path: Path) -> dict[int, bytes]:
    """How the importer stores the square of each value."""
    records = [{"id": str(value)} for value in VALUES]
    path = write_geojson(tmp_path / "shapes.geojson", [square(200 * value, 0) for value in VALUES], records)
    load(path, "shapes", "id")
    stored = Feature.objects.of_layer(Layer.objects.get(slug="shapes").pk)
    return {int(row.key): bytes(row.geom.ewkb) for row in stored if row.geom is not None}


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=steps)
def test_every_past_state_reads_back_as_it_was(
    script: tuple[Step, list[Step]], shapes: dict[int, bytes], tmp_path: Path
) -> None:
    first, rest = script
    with transaction.atomic():
        played = Play(tmp_path, shapes)
        for step in [first, *rest]:
            played.play(step)
        played.check_the_past()
        transaction.set_rollback(True)

"""A row that is to the byte as in the last import is passed by; what comes out is what looking at it would give."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from importers import known_rows
from importers.actions import digests
from importers.actions.undo import undo_run
from importers.errors import RepeatedKeys
from importers.geometry import Cleaner
from importers.models import RowDigests
from importers.report import Report
from layers.actions import FeatureState, change_layer, write_features
from layers.models import Feature, Layer
from tests.factories import Town
from tests.importers.files import bowtie, in_degrees, square, write
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db

KEYS = ["A", "B", "C", "D"]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each batch had that were looked at."""
    seen: list[int] = []
    clean = Cleaner.clean

    def counting(self: Cleaner, batch: Any) -> Any:
        seen.append(len(batch))
        return clean(self, batch)

    monkeypatch.setattr(Cleaner, "clean", counting)
    return seen


def file(path: Path, keys: list[str], *, moved: str = "", zones: dict[str, int] | None = None) -> Path:
    shapes = [square(200 * KEYS.index(key), 50 if key == moved else 0) for key in keys]
    values: dict[str, list[Any]] = {"kaek": keys, "zone": [(zones or {}).get(key, 1) for key in keys]}
    path.unlink(missing_ok=True)
    return write(path, [in_degrees(shape) for shape in shapes], values, crs="EPSG:4326", SPATIAL_INDEX="NO")


def counts(report: Report) -> tuple[int, ...]:
    names = ("read", "added", "changed", "removed", "unchanged")
    return tuple(report.counts[name] for name in names)


def test_the_same_file_is_not_looked_at_again(town: Town, tmp_path: Path, looked_at: list[int]) -> None:
    path = file(tmp_path / "a.gpkg", KEYS)
    first, again = load(path), load(path)
    assert counts(first) == (4, 4, 0, 0, 0)
    assert counts(again) == (4, 0, 0, 0, 4)
    assert looked_at == [4, 0]
    assert again.inside_share == first.inside_share == 1.0
    assert [finding.code for finding in again.findings] == [finding.code for finding in first.findings]
    assert again.revision is None


def test_only_what_changed_is_looked_at(tmp_path: Path, looked_at: list[int]) -> None:
    path = tmp_path / "a.gpkg"
    load(file(path, ["A", "B", "C"]))
    report = load(file(path, ["A", "B", "D"], moved="B"))
    assert counts(report) == (3, 1, 1, 1, 1)
    assert looked_at == [3, 2]
    assert sorted(current()) == ["A", "B", "D"]
    geom = current()["B"].geom
    assert geom is not None
    assert geom.extent[1] == pytest.approx(square(0, 50).bounds[1], abs=0.01)
    third = load(path)
    assert (counts(third), looked_at) == ((3, 0, 0, 0, 3), [3, 2, 0])


def test_a_row_goes_back_to_what_it_was_once(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    load(file(path, KEYS))
    load(file(path, KEYS, zones={"B": 2}))
    report = load(file(path, KEYS))
    assert counts(report) == (4, 0, 1, 0, 3)
    assert current()["B"].properties["zone"] == 1


def test_a_key_that_comes_twice_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    load(file(path, ["A", "B"]))
    with pytest.raises(RepeatedKeys):
        load(file(path, ["A", "B", "B"]))
    with sqlite3.connect(file(path, ["A", "B", "C"])) as database:
        database.execute("UPDATE a SET kaek = 'B', zone = 9 WHERE kaek = 'C'")
    with pytest.raises(RepeatedKeys):
        load(path)
    assert sorted(current()) == ["A", "B"]


def test_what_was_repaired_is_told_every_time(tmp_path: Path, looked_at: list[int]) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0), bowtie(200, 0)], {"kaek": ["A", "B"]})
    first, again = load(path), load(path)
    assert first.counts["repaired"] == again.counts["repaired"] == 1
    assert again.counts["unchanged"] == 2
    assert looked_at == [2, 1]


def test_after_an_edit_every_row_is_looked_at(tmp_path: Path, looked_at: list[int]) -> None:
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path)
    layer = Layer.objects.get()
    write_features(layer=layer, states=[FeatureState("A", {"zone": 7}, None)])
    report = load(path)
    assert counts(report) == (4, 0, 1, 0, 3)
    assert looked_at == [4, 4]
    assert current()["A"].properties["zone"] == 1


def test_after_an_undo_every_row_is_looked_at(tmp_path: Path, looked_at: list[int]) -> None:
    path = tmp_path / "a.gpkg"
    load(file(path, KEYS))
    report = load(file(path, KEYS, zones={"C": 5}))
    assert report.run is not None
    undo_run(run=report.run, user=None)
    assert counts(load(path)) == (4, 0, 1, 0, 3)
    assert looked_at == [4, 1, 4]


def test_a_file_read_in_another_way_is_looked_at(
    tmp_path: Path, looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path)
    monkeypatch.setattr(digests, "VERSION", -1)
    load(path)
    assert looked_at == [4, 4]


def test_rows_that_hold_from_later_on_are_compared(tmp_path: Path, looked_at: list[int]) -> None:
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path, valid_from=timezone.now() + timedelta(days=9))
    report = load(path)
    assert counts(report) == (4, 0, 4, 0, 0)
    assert looked_at == [4, 4]


def test_a_dry_run_looks_at_every_row(tmp_path: Path, looked_at: list[int]) -> None:
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path)
    assert counts(load(path, dry_run=True)) == (4, 0, 0, 0, 4)
    assert looked_at == [4, 4]


def test_nothing_is_kept_where_rows_were_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0), None], {"kaek": ["A", "B"]})
    load(path)
    assert not RowDigests.objects.exists()


def test_a_large_file_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_rows, "MOST_ROWS", 3)
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path)
    assert not RowDigests.objects.exists()
    assert counts(load(path)) == (4, 0, 0, 0, 4)


def test_digests_go_with_the_layer_and_are_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "ROWS_PER_PART", 3)
    path = file(tmp_path / "a.gpkg", KEYS)
    load(path)
    sizes = [len(part.digests) for part in RowDigests.objects.all()]
    assert sizes == [48, 16]
    change_layer(layer=Layer.objects.get(), title="Οικόπεδα")
    assert counts(load(path)) == (4, 0, 0, 0, 4)
    assert {part.revision for part in RowDigests.objects.all()} == {Layer.objects.get().revision}
    assert Feature.objects.count() == 4

"""Undos that meet others: the second of one run is refused, and the worker's progress does not wait."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from importers.actions.undo import undo_run
from importers.actions.undo_layer import LayerUndo
from importers.models import ImportRun
from importers.undo_errors import AlreadyUndone
from layers.models import Feature
from tests.importers.files import square, write_geojson
from tests.importers.layers import load

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[ImportRun]:
    records = [{"id": "A"}]
    report = load(write_geojson(tmp_path / "zones.geojson", [square(0, 0)], records), "zones", "id")
    assert report.run is not None
    yield report.run
    Feature.objects.all().delete()


def in_another_connection(pk: int) -> str:
    """Undo the run as another process would; what became of it."""
    try:
        undo_run(run=ImportRun.objects.get(pk=pk), user=None)
    except AlreadyUndone as refusal:
        return refusal.code
    finally:
        connection.close()
    return "undone"


def test_two_undos_at_once_undo_once(run: ImportRun) -> None:
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(in_another_connection, [run.pk, run.pk]))
    assert outcomes == ["already_undone", "undone"]
    assert ImportRun.objects.filter(undoes=run).count() == 1


def test_progress_is_written_while_an_undo_is_under_way(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back, written = LayerUndo.take_back, []

    def watched(self: LayerUndo, *arguments: Any) -> None:
        take_back(self, *arguments)
        with ThreadPoolExecutor(1) as pool:
            written.append(pool.submit(write_progress, run.pk).result())

    monkeypatch.setattr(LayerUndo, "take_back", watched)
    undo_run(run=run, user=None)
    assert written == [1]


def write_progress(pk: int) -> int:
    """As the worker does, but without the patience to wait."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return ImportRun.objects.filter(pk=pk).update(progress=0.5)
    finally:
        connection.close()

"""Imports beside other work: one layer's imports queue, readers do not stop an import, nor it them for long."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from importers.actions.layer import LayerOrder, import_layer
from layers.actions import create_layer, partition_of
from layers.models import Feature, Layer
from tests.importers.expectations import counts
from tests.importers.files import square, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    return write(tmp_path / "parcels.gpkg", [square(0, 0), square(200, 0)], {"kaek": ["A", "B"]})


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something in another thread, on a connection of its own, and see it end."""
    threads: list[threading.Thread] = []
    failures: list[BaseException] = []

    def start(work: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as failure:
                failures.append(failure)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        threads.append(thread)
        return thread

    yield start
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert failures == []


def load(path: Path) -> dict[str, int]:
    return counts(import_layer(LayerOrder(path, "parcels", "kaek")))


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database())"
        )
        return int(cursor.fetchone()[0])


def test_two_imports_of_a_new_layer_queue(
    parcels: Path, elsewhere: Callable[[Callable[[], object]], threading.Thread]
) -> None:
    second: list[dict[str, int]] = []
    with transaction.atomic():
        assert load(parcels) == {"read": 2, "added": 2}
        thread = elsewhere(lambda: second.append(load(parcels)))
        while thread.is_alive() and not waiting():
            thread.join(0.02)
        assert second == []
    thread.join(30)
    assert second == [{"read": 2, "unchanged": 2}]


def test_an_empty_layer_is_filled_while_somebody_reads_without_end(
    parcels: Path,
    elsewhere: Callable[[Callable[[], object]], threading.Thread],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importers.actions.loading.PATIENCE", "50ms")
    layer = create_layer(slug="parcels", title="Αγροτεμάχια", theme="cadastre", geometry_kind="polygon")
    begun, finish = threading.Event(), threading.Event()

    def read() -> None:
        with transaction.atomic():
            Feature.objects.of_layer(layer.pk).count()
            list(Feature.objects.all())
            begun.set()
            finish.wait(30)

    elsewhere(read)
    assert begun.wait(30)
    try:
        assert load(parcels) == {"read": 2, "added": 2}
    finally:
        finish.set()
    assert {feature.key for feature in Feature.objects.of_layer(layer.pk).current()} == {"A", "B"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [f"{partition_of(layer)}_loading"])
        assert cursor.fetchone() == (True,)


def test_a_new_layer_is_made_while_somebody_reads_and_another_writes(
    parcels: Path, elsewhere: Callable[[Callable[[], object]], threading.Thread]
) -> None:
    other = create_layer(slug="other", title="Άλλο", theme="cadastre", geometry_kind="polygon")
    begun, finish = threading.Event(), threading.Event()

    def write_elsewhere() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO layers_feature (layer_id, key, properties, valid, recorded)"
                " VALUES (%s, 'x', '{}', tstzrange(now(), NULL), tstzrange(now(), NULL))",
                [other.pk],
            )
            list(Feature.objects.all())
            begun.set()
            finish.wait(30)

    elsewhere(write_elsewhere)
    assert begun.wait(30)
    try:
        assert load(parcels) == {"read": 2, "added": 2}
    finally:
        finish.set()


def test_layers_made_at_once_do_not_wait_for_each_other_for_ever(
    parcels: Path, elsewhere: Callable[[Callable[[], object]], threading.Thread]
) -> None:
    def make(number: int) -> Callable[[], object]:
        return lambda: import_layer(LayerOrder(parcels, f"parcels-{number}", "kaek"))

    for number in range(4):
        elsewhere(make(number))
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(30)
    assert Layer.objects.count() == 4

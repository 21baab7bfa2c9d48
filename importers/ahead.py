"""Prepare the next piece in a thread while the database takes in the last one, so that both cores work."""

from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

from django.utils.translation import activate, get_language

T = TypeVar("T")
DEPTH = 2
LOOK_AROUND_SECONDS = 0.1


@dataclass(frozen=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True)
class _End:
    failure: BaseException | None


def ahead(items: Iterator[T], depth: int = DEPTH) -> Generator[T, None, None]:
    """The same items in the same order, made in another thread, which must not touch the database. An error there
    is raised here, in its place. Closing the generator closes `items` too, and ends the thread. `depth` items may
    wait."""
    maker = _Maker(items, depth)
    maker.thread.start()
    try:
        while isinstance(item := maker.waiting.get(), _Item):
            yield item.value
        if item.failure is not None:
            raise item.failure
    finally:
        maker.stop()


class _Maker(Generic[T]):
    """The thread that makes the items, and the short queue in which they wait."""

    def __init__(self, items: Iterator[T], depth: int) -> None:
        self.waiting: Queue[_Item[T] | _End] = Queue(depth)
        self.thread = Thread(target=self._work, name="import-ahead", daemon=True)
        self._items = items
        self._language = get_language()
        self._stopped = Event()

    def stop(self) -> None:
        self._stopped.set()
        with suppress(Empty):
            while True:
                self.waiting.get_nowait()
        self.thread.join()

    def _work(self) -> None:
        # What is refused in here is said in the language of the one who asked.
        if self._language:
            activate(self._language)
        failure: BaseException | None = None
        try:
            for value in self._items:
                self._put(_Item(value))
                if self._stopped.is_set():
                    return
        except BaseException as error:
            failure = error
        finally:
            if isinstance(self._items, Generator):
                self._items.close()
        self._put(_End(failure))

    def _put(self, item: _Item[T] | _End) -> None:
        while not self._stopped.is_set():
            with suppress(Full):
                self.waiting.put(item, timeout=LOOK_AROUND_SECONDS)
                return

"""Pieces prepared ahead come in order, errors in their place, and no thread is left."""

import threading
from collections.abc import Iterator

import pytest

from importers.ahead import ahead


def running() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "import-ahead"]


def test_items_come_in_order_from_another_thread() -> None:
    makers: set[int | None] = set()

    def items() -> Iterator[int]:
        for number in range(100):
            makers.add(threading.current_thread().ident)
            yield number

    assert list(ahead(items())) == list(range(100))
    assert makers - {threading.current_thread().ident} == makers
    assert running() == []


def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    prepared = ahead(items())
    assert next(prepared) == 1
    with pytest.raises(KeyboardInterrupt):
        next(prepared)
    assert running() == []


def test_leaving_early_ends_the_thread() -> None:
    prepared = ahead(iter(range(10_000_000)))
    assert next(prepared) == 0
    assert running() == ["import-ahead"]
    prepared.close()
    assert running() == []

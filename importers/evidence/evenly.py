"""Even samples of a stream of unknown length, in bounded memory and without chance."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Evenly(Generic[T]):
    """Every n-th of what it is offered, between half of `most` and `most` of them; n doubles when they are full."""

    def __init__(self, most: int) -> None:
        self.kept: list[T] = []
        self._most = most
        self._step = 1
        self._seen = 0

    def wanted(self, count: int) -> list[int]:
        """Which of the next `count` things, by index, to `keep`, in this order."""
        first = -self._seen % self._step
        indexes = list(range(first, count, self._step))
        self._seen += count
        return indexes

    def keep(self, things: list[T]) -> None:
        self.kept.extend(things)
        while len(self.kept) > self._most:
            self.kept = self.kept[::2]
            self._step *= 2

"""What a benchmark reports: our figure beside its peer's, and the goal it is held against."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table. Times are seconds unless `unit` says otherwise; `peer` may be a fixed bound."""

    name: str
    ours: float
    peer: float
    peer_name: str
    goal: str
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.peer


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """Median wall time of one call."""
    return interleaved([work], rounds)[0]


def interleaved(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each, called in turn so that a slow moment of the machine hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for index, work in enumerate(works):
            start = time.perf_counter()
            work()
            times[index].append(time.perf_counter() - start)
    return [statistics.median(series) for series in times]


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    head = "| measurement | ours | peer | ratio | goal | note |\n|---|--:|--:|--:|---|---|"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    ours, peer = _figure(row.ours, row.unit), _figure(row.peer, row.unit)
    return f"| {row.name} | {ours} | {peer} ({row.peer_name}) | {row.ratio:.2f} | {row.goal} | {row.note} |"


def _figure(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.0f} {unit}"
    return f"{value * 1000:.2f} ms" if value < 1 else f"{value:.2f} s"

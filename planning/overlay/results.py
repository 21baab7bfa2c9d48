"""What came of an overlay: a table of classes by classes, with what lies in none and what was counted twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from unicodedata import combining, normalize

from planning.overlay.order import Measure


@dataclass(frozen=True)
class Cell:
    """So many rows, and how much of them: m² or metres; for counts the number again."""

    rows: int = 0
    amount: float = 0.0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.rows + other.rows, self.amount + other.amount)


@dataclass(frozen=True)
class Total:
    """Of one class of what was asked: all of it, how much lies in any surface, how many rows in none, or in several."""

    all: Cell
    covered: float
    rows_outside: int
    rows_in_several: int


@dataclass(frozen=True)
class Overlay:
    """`cells` by (class of the surfaces, class of what lies in them), None being rows without a value; `surfaces` is
    how much there is of each class of the surfaces: rows and m²; `totals` by class of what was asked; `mended`
    how many rows had shapes that were wrong in themselves."""

    measure: Measure
    what_title: str
    by_title: str
    by_field: str
    what_field: str
    cells: Mapping[tuple[str | None, str | None], Cell] = field(default_factory=dict)
    surfaces: Mapping[str | None, Cell] = field(default_factory=dict)
    totals: Mapping[str | None, Total] = field(default_factory=dict)
    mended: int = 0

    @property
    def by_classes(self) -> list[str | None]:
        """All classes of the surfaces, also those in which nothing lies, in the order of their names."""
        return sorted(self.surfaces, key=order_of)

    @property
    def what_classes(self) -> list[str | None]:
        """Those first of which the surfaces hold most."""
        inside: dict[str | None, float] = defaultdict(float)
        for (_by, what), cell in self.cells.items():
            inside[what] += cell.amount
        return sorted(self.totals, key=lambda name: (-inside[name], order_of(name)))

    def cell(self, by: str | None, what: str | None) -> Cell:
        return self.cells.get((by, what), Cell())

    def row(self, by: str | None) -> Cell:
        """All that lies in one class of the surfaces."""
        return sum((self.cell(by, what) for what in self.totals), Cell())

    @property
    def all(self) -> Cell:
        return sum((total.all for total in self.totals.values()), Cell())

    @property
    def counted(self) -> float:
        """The sum of all cells."""
        return sum(cell.amount for cell in self.cells.values())

    @property
    def covered(self) -> float:
        return sum(total.covered for total in self.totals.values())

    @property
    def outside(self) -> float:
        """How much lies in no surface."""
        return _without_dust(self.all.amount - self.covered, self.all.amount)

    @property
    def doubled(self) -> float:
        """How much was counted more than once, because surfaces lie on one another."""
        return _without_dust(self.counted - self.covered, self.all.amount)

    @property
    def rows_outside(self) -> int:
        return sum(total.rows_outside for total in self.totals.values())

    @property
    def rows_in_several(self) -> int:
        return sum(total.rows_in_several for total in self.totals.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "measure": self.measure.value,
            "titles": [self.what_title, self.by_title, self.by_field, self.what_field],
            "cells": [[*names, cell.rows, cell.amount] for names, cell in self.cells.items()],
            "surfaces": [[name, cell.rows, cell.amount] for name, cell in self.surfaces.items()],
            "totals": [[name, asdict(total)] for name, total in self.totals.items()],
            "mended": self.mended,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        what_title, by_title, by_field, what_field = given["titles"]
        return cls(
            Measure(given["measure"]),
            what_title,
            by_title,
            by_field,
            what_field,
            cells={(by, what): Cell(rows, amount) for by, what, rows, amount in given["cells"]},
            surfaces={name: Cell(rows, amount) for name, rows, amount in given["surfaces"]},
            totals=dict(_totals(given["totals"])),
            mended=given["mended"],
        )


def _totals(given: Iterable[Any]) -> Iterable[tuple[str | None, Total]]:
    for name, total in given:
        yield name, Total(**{**total, "all": Cell(**total["all"])})


def order_of(name: str | None) -> tuple[bool, str, str]:
    """As people look names up: accents do not part Άγιος from Αγία; rows without a value come last."""
    plain = "".join(one for one in normalize("NFD", name or "") if not combining(one))
    return name is None, plain.casefold(), name or ""


def _without_dust(amount: float, whole: float) -> float:
    """A sum of many areas is good to the twelfth digit; less than that is nothing."""
    return amount if amount > 1e-9 * whole else 0.0

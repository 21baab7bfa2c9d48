"""From an open file to rows fit to store: the part that every import shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from importers.ahead import ahead
from importers.crs import placement
from importers.errors import AxesSwapped, NoRowFits, NoSuchField, NothingInside
from importers.evidence import Evidence
from importers.evidence.explained import explained
from importers.evidence.gathering import gathered
from importers.geometry import Bounds, Cleaned, Cleaner
from importers.known_rows import KnownRows
from importers.order import Order
from importers.placed import PlacedSource, placed_source
from importers.progress import told
from importers.report import Report
from importers.rules import Rules
from importers.sources import Batch, ReadOptions, Source, open_source
from layers.models import GeometryKind
from municipality.models import Area

SWAPPED_FROM_SHARE = 0.5


@dataclass
class Reading:
    """An open file and the cleaner its rows go through."""

    source: Source
    cleaner: Cleaner
    report: Report
    rules: Rules
    check_place: bool = True
    evidence: Evidence | None = None
    known: KnownRows | None = None

    def batches(self) -> Iterator[Cleaned]:
        """Every batch, cleaned, its records as the rules say. Raises once all are read: NothingInside, NoRowFits,
        AxesSwapped."""
        set_aside = self.report.set_aside
        for batch in ahead(told(self.source), depth=1):
            if set_aside is not None:
                set_aside.see(batch)
            filled = self.rules.applied(batch)
            if isinstance(self.source, PlacedSource):
                filled = self.source.completed(filled)
            cleaned = self._cleaned(filled)
            if self.evidence is not None:
                self.evidence.see(batch, cleaned, filled)
            yield cleaned
        self._judge()

    def _cleaned(self, batch: Batch) -> Cleaned:
        """The batch, cleaned; rows that are known are passed by, and counted."""
        if self.known is None:
            return self.cleaner.clean(batch)
        split = self.known.split(batch)
        cleaned = self.cleaner.clean(split.rest)
        self.known.learn(split, cleaned)
        cleaned.same = split.same
        self.report.counts["read"] += len(split.same)
        self.cleaner.kept += len(split.same)
        self.cleaner.inside += split.inside
        return cleaned

    @property
    def fields(self) -> list[str]:
        """What the records hold, as the rules fill it."""
        return self.rules.targets(self.source.fields)

    def require(self, *fields: str) -> None:
        """Raise NoSuchField unless the records have all the named fields; blanks are not asked for."""
        for name in fields:
            if name and name not in self.fields:
                raise NoSuchField(field=name, fields=", ".join(self.source.fields))

    def _judge(self) -> None:
        rows = self.report.counts["read"]
        if not rows:
            raise NothingInside(file=self.source.path.name)
        if not self.cleaner.kept:
            first = next(finding for finding in self.report.findings if finding.row)
            raise NoRowFits(rows=rows, row=first.row, reason=first.message)
        self._judge_place()

    def _judge_place(self) -> None:
        cleaner = self.cleaner
        if not self.check_place:
            return
        if cleaner.home is None:
            self.report.tell("no_boundary")
            return
        self.report.inside_share = cleaner.inside / cleaner.kept
        if cleaner.inside:
            return
        swapped = cleaner.inside_swapped / cleaner.kept
        if swapped >= SWAPPED_FROM_SHARE:
            raise AxesSwapped(share=round(100 * swapped))
        self.report.tell("outside_municipality")


@contextmanager
def reading(
    order: Order,
    report: Report,
    *,
    expected: str = GeometryKind.MIXED,
    key_field: str = "",
    check_place: bool = True,
) -> Iterator[Reading]:
    """Open the file, settle its CRS and encoding, and say so in the report. A dry run gathers evidence on the way."""
    options = with_rules(order.options, order.rules)
    with explained(order, report, options), _opened(order, options) as source:
        require_fields(source, order.rules)
        if report.set_aside is not None:
            report.set_aside.expect(source.fields)
        said = "" if isinstance(source, PlacedSource) else options.source_crs
        placed = placement(source.crs, said, swap_axes=order.swap_axes)
        report.source_crs, report.encoding = placed.name, source.encoding.name
        if source.encoding.guessed:
            report.tell("no_encoding", encoding=source.encoding.name, sample=source.encoding.sample)
        home = home_extent() if check_place else None
        cleaner = Cleaner(placed, report, expected=expected, key_field=key_field, home=home)
        if placed.remark:
            report.tell(placed.remark, crs=placed.name)
        with gathered(order, source, cleaner, report, order.rules.targets(source.fields)) as evidence:
            yield Reading(source, cleaner, report, order.rules, check_place, evidence)


@contextmanager
def _opened(order: Order, options: ReadOptions) -> Iterator[Source]:
    """The file, its rows where it says they are, or where the rules say to look."""
    locator = order.locator()
    if locator is None:
        with open_source(order.path, options) as source:
            yield source
        return
    table = replace(options, without_place=True, source_crs="", lon="", lat="", wkt="")
    with (
        open_source(order.path, table) as source,
        open_source(order.path, table) as again,
        placed_source(source, again, locator) as placed,
    ):
        yield placed


def with_rules(options: ReadOptions, rules: Rules) -> ReadOptions:
    """How to read the file: as the order says, else as the mapping does."""
    asked: dict[str, Any] = {
        name: value for name, value in rules.options.items() if not getattr(options, name)
    }
    return replace(options, **asked) if asked else options


def require_fields(source: Source, rules: Rules) -> None:
    """Raise NoSuchField when the rules ask for one that the file has not."""
    for name in rules.fields:
        if name not in source.fields:
            raise NoSuchField(field=name, fields=", ".join(source.fields))


def home_extent() -> Bounds | None:
    """West, south, east, north of the municipality in the storage CRS; None while its boundary is unknown."""
    home = Area.objects.home()
    return None if home is None else home.boundary.extent

"""From an open file to rows whose place does not matter: the part that imports of lists share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from importers.errors import NoRowFits, NoSuchField, NothingInside
from importers.evidence import Evidence
from importers.evidence.explained import explained
from importers.evidence.gathering import gathered
from importers.order import Order
from importers.progress import told
from importers.reading import require_fields, with_rules
from importers.report import Report
from importers.rules import Rules
from importers.sources import Source, open_source
from importers.sources.base import Batch, Record


@dataclass
class TableReading:
    """An open table and the rules its rows go through."""

    source: Source
    report: Report
    rules: Rules
    evidence: Evidence | None = None

    @property
    def fields(self) -> list[str]:
        """What the records hold, as the rules fill it."""
        return self.rules.targets(self.source.fields)

    def require(self, *fields: str) -> None:
        """Raise NoSuchField unless the records have all the named fields."""
        for name in fields:
            if name not in self.fields:
                raise NoSuchField(field=name, fields=", ".join(self.source.fields))

    def rows(self) -> Iterator[tuple[int, Record]]:
        """Row numbers and filled records; rows with a problem are refused in the report. Raises once all are read:
        NothingInside, NoRowFits."""
        kept = 0
        for batch in told(self.source):
            if self.report.set_aside is not None:
                self.report.set_aside.see(batch)
            if self.evidence is not None:
                self.evidence.see_raw(batch)
            fitting = self._fitting(self.rules.applied(batch))
            kept += len(fitting)
            yield from fitting
        if not self.report.counts["read"]:
            raise NothingInside(file=self.source.path.name)
        if not kept:
            first = next(finding for finding in self.report.findings if finding.row)
            raise NoRowFits(rows=self.report.counts["read"], row=first.row, reason=first.message)

    def _fitting(self, batch: Batch) -> Sequence[tuple[int, Record]]:
        self.report.counts["read"] += len(batch)
        for index, problem in sorted(batch.problems.items()):
            self.report.refuse(problem.code, batch.row(index), **problem.facts)
        return [
            (batch.row(index), record)
            for index, record in enumerate(batch.records)
            if index not in batch.problems
        ]


@contextmanager
def table_reading(order: Order, report: Report) -> Iterator[TableReading]:
    """Open the file, with or without positions, settle its encoding, and say so in the report."""
    options = replace(with_rules(order.options, order.rules), without_place=True)
    with explained(order, report, options), open_source(order.path, options) as source:
        require_fields(source, order.rules)
        if report.set_aside is not None:
            report.set_aside.expect(source.fields)
        report.encoding = source.encoding.name
        if source.encoding.guessed:
            report.tell("no_encoding", encoding=source.encoding.name, sample=source.encoding.sample)
        with gathered(order, source, None, report, order.rules.targets(source.fields)) as evidence:
            yield TableReading(source, report, order.rules, evidence)

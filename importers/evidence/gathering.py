"""Evidence gathered around the reading of a file, also when the reading ends in a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import PortalError
from importers.errors import WrongEncoding
from importers.evidence import Evidence, home_boundary
from importers.geometry import Cleaner
from importers.order import Order
from importers.report import Report
from importers.sources import Source


@contextmanager
def gathered(
    order: Order, source: Source, cleaner: Cleaner | None, report: Report, fields: list[str]
) -> Iterator[Evidence | None]:
    """In a dry run, Evidence to show every batch to; what it found is in the report afterwards. `fields` are those
    of the records once the rules filled them."""
    if not order.dry_run:
        yield None
        return
    evidence = Evidence(source, cleaner, fields, home_boundary())
    try:
        yield evidence
    except WrongEncoding:
        # The whole file is looked at once more, in the encoding that fits: see explained.
        raise
    except PortalError:
        evidence.told_to(report)
        raise
    evidence.told_to(report)

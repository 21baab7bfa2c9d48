"""Refusals that come with their proof: which encoding the text would read well in, which system the points fit."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.crs import placement
from importers.errors import CrsInexact, CrsMissing, CrsUnknown, WrongEncoding
from importers.evidence import Evidence
from importers.evidence.crs import Candidate, sentence
from importers.evidence.encoding import EncodingEvidence
from importers.geometry import Cleaner
from importers.order import Order
from importers.report import Report
from importers.sources import ReadOptions, open_source

# Every byte is a character of it, so that the file opens whatever it is really in.
ANY_BYTES = "iso-8859-1"
# Any will do: it only keeps a reader from asking.
ANY_CRS = "EPSG:4326"
ASSUMED_FROM = 0.5


@contextmanager
def explained(order: Order, report: Report, options: ReadOptions) -> Iterator[None]:
    """A wrong encoding or a missing coordinate system is refused with what was found out; a dry run has all of it in
    its report."""
    try:
        yield
    except WrongEncoding as refusal:
        raise _encoding(order, report, options, refusal) from refusal
    except (CrsMissing, CrsUnknown, CrsInexact) as refusal:
        if options.source_crs:
            raise
        raise _crs(order, report, options, refusal) from refusal


def _encoding(order: Order, report: Report, options: ReadOptions, refusal: WrongEncoding) -> PortalError:
    any_bytes = replace(options, encoding=ANY_BYTES)
    with open_source(order.path, any_bytes) as source:
        found = EncodingEvidence(source.path, None)
        best = found.best.name
        told = found.as_json()
    if not found.fits(best):
        return refusal
    if order.dry_run:
        _look(order, report, replace(options, encoding=best))
        report.evidence["encoding"] = {**told, "chosen": str(refusal.facts["encoding"])}
    sample = " · ".join(found.samples(best))
    words = _("Read as %(encoding)s it says: %(sample)s.") % {"encoding": best, "sample": sample}
    return _with_proof(refusal, words)


def _crs(order: Order, report: Report, options: ReadOptions, refusal: PortalError) -> PortalError:
    with open_source(order.path, replace(options, source_crs=ANY_CRS)) as source:
        evidence = Evidence(source, None, source.fields)
        for batch in source.batches():
            evidence.see_raw(batch)
        found = evidence.candidates()
        told = evidence.as_json()
    if not found or not found[0].inside:
        if order.dry_run:
            report.evidence = told
        return refusal
    if order.dry_run:
        _look_as(order, report, options, found[0])
        report.evidence = {**told, **report.evidence, "crs": told["crs"]}
    return _with_proof(refusal, sentence(found))


def _with_proof(refusal: PortalError, words: str) -> PortalError:
    """The same refusal with more words; they are facts, so that no sign in them is taken for a place to fill."""
    facts = {**refusal.facts, "refusal": str(refusal), "proof": words}
    return type(refusal)("%(refusal)s %(proof)s", **facts)


def _look_as(order: Order, report: Report, options: ReadOptions, best: Candidate) -> None:
    """As the best candidate has it, if that is likely."""
    if best.share < ASSUMED_FROM or not best.code:
        return
    _look(order, report, replace(options, source_crs=best.code), swap_axes=best.placement.swap_axes)
    report.evidence["assumed_crs"] = best.code


def _look(order: Order, report: Report, options: ReadOptions, *, swap_axes: bool | None = None) -> None:
    """Everything else there is to find out, so that one check tells it all; a further refusal ends it early."""
    with suppress(PortalError), open_source(order.path, options) as source:
        swapped = order.swap_axes if swap_axes is None else swap_axes
        placed = placement(source.crs, options.source_crs, swap_axes=swapped)
        cleaner = Cleaner(placed, Report())
        evidence = Evidence(source, cleaner, order.rules.targets(source.fields))
        for batch in source.batches():
            filled = order.rules.applied(batch)
            evidence.see(batch, cleaner.clean(filled), filled)
        evidence.told_to(report)

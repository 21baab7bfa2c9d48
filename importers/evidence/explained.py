"""Refusals that come with their proof: which encoding the text would read well in, which system the points fit."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import shapely
from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.crs import placement
from importers.errors import CrsInexact, CrsMissing, CrsUnknown, WrongEncoding
from importers.evidence import Evidence, home_boundary
from importers.evidence.crs import Candidate, sentence
from importers.evidence.encoding import EncodingEvidence
from importers.geometry import Cleaner
from importers.order import Order
from importers.report import Report
from importers.sources import ReadOptions, Source, open_source

# Every byte is a character of it, so that the file opens whatever it is really in.
ANY_BYTES = "iso-8859-1"
# Any will do: it only keeps a reader from asking.
ANY_CRS = "EPSG:4326"
ASSUMED_FROM = 0.5


@contextmanager
def explained(order: Order, report: Report, options: ReadOptions) -> Iterator[None]:
    """A wrong encoding or a missing coordinate system is refused with what was found out; a dry run has all of it in
    its report."""
    # Asked for beforehand: when a refusal comes, the transaction may have failed already.
    again = _Again(order, report, options, home_boundary())
    try:
        yield
    except WrongEncoding as refusal:
        raise again.for_encoding(refusal) from refusal
    except (CrsMissing, CrsUnknown, CrsInexact) as refusal:
        if options.source_crs:
            raise
        raise again.for_crs(refusal) from refusal


@dataclass(frozen=True)
class _Again:
    """The file looked at once more, after it was refused."""

    order: Order
    report: Report
    options: ReadOptions
    home: shapely.Geometry | None

    def for_encoding(self, refusal: WrongEncoding) -> PortalError:
        with open_source(self.order.path, replace(self.options, encoding=ANY_BYTES)) as source:
            found = EncodingEvidence(source.path, None)
        best = found.best.name
        if not found.fits(best):
            return refusal
        if self.order.dry_run:
            self._look(replace(self.options, encoding=best))
            self.report.evidence["encoding"] = {**found.as_json(), "chosen": str(refusal.facts["encoding"])}
        sample = " · ".join(found.samples(best))
        return _with_proof(
            refusal, _("Read as %(encoding)s it says: %(sample)s.") % {"encoding": best, "sample": sample}
        )

    def for_crs(self, refusal: PortalError) -> PortalError:
        with open_source(self.order.path, replace(self.options, source_crs=ANY_CRS)) as source:
            evidence = Evidence(source, None, source.fields, self.home)
            for batch in source.batches():
                evidence.see_raw(batch)
            found = evidence.candidates()
            told = evidence.as_json()
        if self.order.dry_run:
            if found and found[0].share >= ASSUMED_FROM and found[0].code:
                self._look_as(found[0])
            self.report.evidence = {**told, **self.report.evidence, "crs": told["crs"]}
        words = sentence(found)
        return _with_proof(refusal, words) if words else refusal

    def _look_as(self, best: Candidate) -> None:
        """As the best candidate has it, which is likely to be right."""
        options = replace(self.options, source_crs=best.code)
        self._look(options, swap_axes=best.placement.swap_axes)
        self.report.evidence["assumed_crs"] = best.code

    def _look(self, options: ReadOptions, *, swap_axes: bool | None = None) -> None:
        """Everything else there is to find out, so that one check tells it all; a further refusal ends it early."""
        rules = self.order.rules
        with suppress(PortalError), open_source(self.order.path, options) as source:
            swapped = self.order.swap_axes if swap_axes is None else swap_axes
            if not (source.crs or options.source_crs):
                self._look_raw(source)
                return
            cleaner = Cleaner(placement(source.crs, options.source_crs, swap_axes=swapped), Report())
            evidence = Evidence(source, cleaner, rules.targets(source.fields), self.home)
            for batch in source.batches():
                filled = rules.applied(batch)
                evidence.see(batch, cleaner.clean(filled), filled)
            evidence.told_to(self.report)

    def _look_raw(self, source: Source) -> None:
        evidence = Evidence(source, None, self.order.rules.targets(source.fields), self.home)
        for batch in source.batches():
            evidence.see_raw(batch)
        evidence.told_to(self.report)


def _with_proof(refusal: PortalError, words: str) -> PortalError:
    """The same refusal with more words; they are facts, so that no sign in them is taken for a place to fill."""
    facts = {**refusal.facts, "refusal": str(refusal), "proof": words}
    return type(refusal)("%(refusal)s %(proof)s", **facts)

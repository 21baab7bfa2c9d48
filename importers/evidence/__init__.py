"""What a check finds out about a file beyond what an import must know, batch by batch, in bounded memory."""

from typing import Any

import numpy as np
import shapely

from importers.evidence.crs import Candidate, PointSample, candidates, in_degrees, sentence
from importers.evidence.encoding import EncodingEvidence
from importers.evidence.fields import Fields
from importers.evidence.keys import Keys
from importers.evidence.measures import with_m
from importers.evidence.neighbours import Neighbours
from importers.evidence.sample import Sample
from importers.evidence.shapes import Shapes
from importers.evidence.warnings import of_crs, warnings_of
from importers.geometry import Cleaned, Cleaner
from importers.repair import Repairs
from importers.report import Finding, Report
from importers.sources.base import Batch, Source
from municipality.models import Area


def home_boundary() -> shapely.Geometry | None:
    """The boundary of the municipality in the storage CRS; None while it is unknown."""
    home = Area.objects.home()
    return None if home is None else shapely.from_wkb(bytes(home.boundary.wkb))


class Evidence:
    """Gathered while a dry run reads the file. `fields` are those of the filled records; `cleaner` is None while
    nobody knows the coordinate system; `home` is the boundary of the municipality. Nothing here asks the database:
    files are read in another thread, and refused after its transaction has failed."""

    def __init__(
        self, source: Source, cleaner: Cleaner | None, fields: list[str], home: shapely.Geometry | None
    ) -> None:
        key_field = cleaner.key_field if cleaner is not None else ""
        self._source = source
        self._cleaner = cleaner
        self._home = home
        self._points = PointSample()
        self._shapes = Shapes(self._home)
        self._neighbours = Neighbours()
        self._keys = Keys(key_field, fields)
        self._fields = Fields(source.fields)
        self.sample = Sample(key_field)
        self._rows = 0
        self._curves = 0

    def see(self, batch: Batch, cleaned: Cleaned, filled: Batch) -> None:
        """Take note of a batch as it is in the file, as the rules filled it, and as it would be stored."""
        self.see_raw(batch)
        self._keys.see([batch.row(index) for index in range(len(batch))], filled.records)
        self._shapes.see(cleaned)
        self._neighbours.see(cleaned)
        self.sample.see(cleaned)

    def see_raw(self, batch: Batch) -> None:
        """Take note of a batch that nobody can place yet."""
        self._rows += len(batch)
        self._curves += len(batch.curved)
        self._points.see(batch.geometries)
        self._shapes.see_raw(batch.geometries)
        self._fields.see(batch.records)

    def candidates(self) -> list[Candidate]:
        placed = self._cleaner.placement if self._cleaner is not None else None
        return candidates(self._points.points(), self._home, placed)

    def told_to(self, report: Report) -> None:
        """Put all that was found into the report, and what a person should not miss among its findings."""
        found = self.as_json()
        told = [Finding(code, facts=facts) for code, facts in warnings_of(found)]
        found["warnings"] = [finding.as_json() for finding in told]
        report.evidence = {**found, **report.evidence}
        for finding in told:
            report.add(finding)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self._rows,
            "encoding": EncodingEvidence(self._source.path, self._source.encoding).as_json(),
            "crs": self._crs(),
            "geometry": self._geometry(),
            "keys": self._keys.as_json(),
            "fields": self._fields.as_json(),
            "extent": self._extent(),
            "sample": self.sample.as_json(),
        }

    def _crs(self) -> dict[str, Any]:
        found = self.candidates()
        crs: dict[str, Any] = {
            "chosen": self._cleaner.placement.name if self._cleaner is not None else "",
            "said_by_file": str(self._source.crs)[:2000],
            "points": self._points.count,
            "sentence": sentence(found),
            "candidates": [candidate.as_json() for candidate in found],
        }
        warnings = [Finding(code, facts=facts).as_json() for code, facts in of_crs(crs)]
        return {**crs, "warnings": warnings}

    def _geometry(self) -> dict[str, Any]:
        found = self._shapes.as_json()
        layers = getattr(self._source, "layers", [])
        measured = with_m(self._source.path, layers[0] if len(layers) == 1 else "", self._rows)
        repairs = self._cleaner.repairs if self._cleaner is not None else Repairs()
        return {
            **found,
            "with_m": found["with_m"] if measured is None else measured,
            "curves": self._curves,
            **repairs.as_json(),
            **self._neighbours.as_json(),
        }

    def _extent(self) -> list[float] | None:
        bounds = self._shapes.bounds
        if not np.isfinite(bounds).all():
            return None
        west, south, east, north = bounds.tolist()
        return [round(value, 7) for value in in_degrees((west, south, east, north))]

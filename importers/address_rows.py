"""Rows of an address list as places of the search."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import shapely

from importers.geometry import Cleaned, key_text
from importers.report import Report
from importers.sources.base import Record
from layers.models import PlaceKind

NAME_LENGTH = 200
WEIGHTS = {PlaceKind.ADDRESS: 10, PlaceKind.POI: 30}


@dataclass(frozen=True)
class PlaceRow:
    """`location` is a point in the storage CRS."""

    kind: PlaceKind
    key: str
    name: str
    name_en: str
    context: str
    location: shapely.Geometry

    @property
    def weight(self) -> int:
        return WEIGHTS[self.kind]


def place_rows(cleaned: Cleaned, prefix: str, report: Report) -> Iterator[PlaceRow]:
    """A street with its number is an address; a name alone a place. What has neither is refused in the report."""
    points = shapely.point_on_surface(cleaned.geometries)
    for number, point, record in zip(cleaned.rows, points.tolist(), cleaned.records, strict=True):
        words = {
            name: key_text(record.get(name)) for name in ("street", "number", "name", "postcode", "place")
        }
        kind = PlaceKind.ADDRESS if words["street"] else PlaceKind.POI
        name = f"{words['street']} {words['number']}".strip() or words["name"]
        if not name:
            report.refuse("blank", number, field="street")
            continue
        context = " ".join(filter(None, (words["postcode"], words["place"])))
        if kind == PlaceKind.ADDRESS and words["name"]:
            context = ", ".join(filter(None, (words["name"], context)))
        yield PlaceRow(
            kind,
            prefix + _key(name, words["postcode"], words["place"]),
            name[:NAME_LENGTH],
            _english(record, words["number"])[:NAME_LENGTH],
            context[:NAME_LENGTH],
            point,
        )


def _english(record: Record, number: str) -> str:
    street = key_text(record.get("street_en"))
    return f"{street} {number}".strip() if street else key_text(record.get("name_en"))


def _key(*words: str) -> str:
    """The same for the same address in every file of this source."""
    return blake2b("\0".join(words).casefold().encode("utf-8", "replace"), digest_size=12).hexdigest()

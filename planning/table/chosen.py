"""Which rows of a layer are asked for: those that meet a filter, on the map, on a day; as this reader is told them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from layers.exports.fields import Kind
from layers.moments import AsOf
from layers.ogcapi.boxes import parse_box, touching
from layers.ogcapi.collections import Collection, collection_for
from layers.ogcapi.fields import OgcField
from layers.ogcapi.systems import crs84
from layers.tiles_past import asked_source
from municipality.roles import AnyUser
from planning.maps.facts import has_past
from planning.table.errors import NoNumbers, NoSuchColumn

MOST_COUNTED = 100_000
NARROWING = ("filter", "bbox", "valid", "known")


@dataclass(frozen=True)
class Chosen:
    """`rows` in no order. `asked` is what of the address narrowed them."""

    collection: Collection
    rows: "QuerySet[Any]"
    moments: AsOf
    asked: dict[str, str]

    @property
    def fields(self) -> dict[str, OgcField]:
        return self.collection.queried

    def field(self, name: str) -> OgcField:
        """Raises NoSuchColumn, also for one that is hidden from the reader."""
        found = self.fields.get(name)
        if found is None:
            raise NoSuchColumn(given=name[:60], choices=", ".join(self.fields))
        return found

    def numbers(self, name: str) -> OgcField | None:
        """A field of numbers; None for blank. Raises NoSuchColumn, NoNumbers."""
        field = self.field(name) if name else None
        if field is not None and not field.is_number:
            raise NoNumbers(given=field.title)
        return field

    @property
    def sortable(self) -> list[OgcField]:
        return [field for field in self.fields.values() if field.kind != Kind.JSON]

    def counted(self) -> int | None:
        """How many rows, exactly; None beyond MOST_COUNTED."""
        found = self.rows.order_by()[: MOST_COUNTED + 1].count()
        return found if found <= MOST_COUNTED else None


def chosen_from(user: AnyUser, slug: str, given: Mapping[str, str]) -> Chosen:
    """Read `filter` (CQL2 text), `bbox` (degrees), `valid` and `known`. Where no past is kept, every day is today.
    Raises NoCollection, BadFilter, BadValue, BadMoment."""
    collection = collection_for(user, slug)
    asked = {name: given[name].strip() for name in NARROWING if given.get(name, "").strip()}
    moments = AsOf.parse(asked.get("valid", ""), asked.get("known", ""))
    if not has_past(collection.source):
        moments = AsOf.parse("", "")
    rows = asked_source(collection.source, moments, asked.get("filter", "")).rows
    if "bbox" in asked:
        rows = rows.filter(touching(collection.source, parse_box(asked["bbox"], crs84())))
    return Chosen(collection, rows, moments, asked)

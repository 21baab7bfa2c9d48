"""Where the rows of a table are, from their addresses: only a door that the search knows exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from core.statements import statement
from importers.geometry import key_text
from importers.placed import Located
from importers.sources.base import Problem, Record
from layers.search.places import NUMBER_FIRST, STREET_WORD

ONE_DOOR_METRES = 100


@dataclass(frozen=True)
class Geocoder:
    """`address` names the field with street and number; or else `street` and `number` name one each. `context` and
    `postcode` decide between streets of one name."""

    address: str = ""
    street: str = ""
    number: str = ""
    context: str = ""
    postcode: str = ""

    @property
    def fields(self) -> list[str]:
        return [
            name for name in (self.address, self.street, self.number, self.context, self.postcode) if name
        ]

    def locate(self, records: Sequence[Record]) -> list[Located]:
        """A point in the storage CRS for each record, or why there is none."""
        asked = [self._asked(record) for record in records]
        values = {
            "texts": [text for text, _context in asked],
            "contexts": [context for _text, context in asked],
        }
        with connection.cursor() as cursor:
            cursor.execute(statement("importers", "find_addresses"), values)
            found = {number: (bytes(wkb), count, spread) for number, wkb, count, spread in cursor.fetchall()}
        return [_located(text, found.get(number)) for number, (text, _context) in enumerate(asked, start=1)]

    def _asked(self, record: Record) -> tuple[str, str]:
        """“Ασκληπιού 12” and the words that say which: the post code, else the town."""
        written = key_text(record.get(self.address)) if self.address else self._joined(record)
        text, _comma, rest = STREET_WORD.sub("", written).partition(",")
        turned = NUMBER_FIRST.match(text.strip())
        text = f"{turned['words']} {turned['number']}" if turned else text
        context = key_text(record.get(self.postcode)) or key_text(record.get(self.context)) or rest
        return " ".join(text.split()), " ".join(context.split())

    def _joined(self, record: Record) -> str:
        return f"{key_text(record.get(self.street))} {key_text(record.get(self.number))}".strip()


def _located(text: str, found: tuple[bytes, int, float] | None) -> Located:
    """A street alone is no address, even where the search has one of that name."""
    if found is None or not any(letter.isdigit() for letter in text):
        return Located(problem=Problem("no_address", {"address": text[:80]}))
    wkb, count, spread = found
    if spread > ONE_DOOR_METRES:
        return Located(problem=Problem("several_addresses", {"address": text[:80], "count": count}))
    return Located(wkb)

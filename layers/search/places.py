"""Places found by their sound: whatever the case, accents, final sigma or alphabet."""

import re

from django.db import connection, transaction

from core.geo import LonLat
from core.languages import in_reader_language
from core.statements import statement
from layers.models import Place, PlaceKind
from layers.search.hits import Hit

LIKENESS = 0.45  # Two slips of the finger in a name of eight letters still find it.
ZOOMS = {PlaceKind.AREA: 14, PlaceKind.STREET: 16, PlaceKind.POI: 17, PlaceKind.ADDRESS: 19}
STREET_WORD = re.compile(r"^\s*(?:οδ[οό][σς]|odos|οδ\.|street)\s+", re.IGNORECASE)
NUMBER_LAST = re.compile(r"^(?P<words>.*\D)\s+(?P<number>\d{1,4}\s?[^\W\d_]?)$")
NUMBER_FIRST = re.compile(r"^(?P<number>\d{1,4})\s+(?P<words>\D.*)$")


def places(text: str, near: LonLat | None, limit: int) -> list[Hit]:
    """“Ασκληπιού 12, Κέντρο”, “asklipiou 12”, “12 ΑΣΚΛΗΠΙΟΥ”: best first, nearer ones before at equal likeness."""
    name, _comma, rest = STREET_WORD.sub("", text).partition(",")
    words, number = _without_number(name.strip())
    with transaction.atomic():
        sounds = _sounds(f"{words} {number}", words, number, rest)
        if len(sounds["words"]) < min(2, len(words)):  # “zzzz” sounds like “z”, which begins too much.
            return []
        values = {**sounds, "near": _ewkt(near), "limit": limit}
        found = list(Place.objects.raw(statement("layers", "search_places"), values))
    return [_hit(place) for place in found]


def _without_number(name: str) -> tuple[str, str]:
    """The name and the house number, wherever it stands; no number is ""."""
    match = NUMBER_LAST.match(name) or NUMBER_FIRST.match(name)
    return (match["words"].strip(), match["number"].replace(" ", "")) if match else (name, "")


def _sounds(typed: str, words: str, number: str, rest: str) -> dict[str, str]:
    """The sounds of what was typed; and, for this transaction, how like is like enough, and the use of indexes:
    the planner takes comparing trigrams for as cheap as comparing numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gis_sound(%s), gis_sound(%s), gis_sound(%s), gis_sound(%s),"
            " set_config('pg_trgm.word_similarity_threshold', %s, true), set_config('enable_seqscan', 'off', true)",
            [typed, words, number, rest, str(LIKENESS)],
        )
        row = cursor.fetchone() or ()
    return dict(zip(("typed", "words", "number", "rest"), row, strict=False))


def _ewkt(near: LonLat | None) -> str | None:
    return None if near is None else near.to_storage().ewkt


def _hit(place: Place) -> Hit:
    kind = PlaceKind(place.kind)
    return Hit.at(
        place.location,
        extent=place.extent,
        title=in_reader_language(place, "name"),
        context=in_reader_language(place, "context"),
        kind=kind.label,
        zoom=ZOOMS[kind],
    )

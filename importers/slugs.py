"""A name for addresses out of a title: Greek letters as Latin ones, everything else as hyphens."""

import unicodedata
from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 50
PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "μπ": "b", "ντ": "nt", "γγ": "ng", "γκ": "gk"}
GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
LATIN = "a|v|g|d|e|z|i|th|i|k|l|m|n|x|o|p|r|s|s|t|y|f|ch|ps|o"
LETTERS = dict(zip(GREEK, LATIN.split("|"), strict=True))


def slug_of(title: str, taken: Collection[str] = ()) -> str:
    """As people would type it, and not one of `taken`; “layer” when nothing of the title is left."""
    plain = unicodedata.normalize("NFD", title.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for pair, latin in PAIRS.items():
        plain = plain.replace(pair, latin)
    slug = slugify("".join(LETTERS.get(letter, letter) for letter in plain))[:LONGEST].strip("-") or "layer"
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[: LONGEST - 5]}-{number}"
    return free

"""Text as people type it: folding of Greek, and the SQL functions that do the same in the database.

`gis_fold` drops case, accents and the final sigma; `gis_sound` goes further and writes Greek and greeklish
alike, so that “asklipiou”, “asklhpioy” and “ΑΣΚΛΗΠΙΟΥ” meet. Both are immutable, so indexes may use them.
"""

from django.db.models import CharField, Func, Value


class Fold(Func):
    """`gis_fold(text)`: lower case, no tonos or dialytika, σ for ς."""

    function = "gis_fold"
    output_field = CharField()


class Sound(Func):
    """`gis_sound(text)`: a Latin key shared by Greek and greeklish spellings."""

    function = "gis_sound"
    output_field = CharField()


def sound_of(typed: str) -> Sound:
    return Sound(Value(typed))

"""The fields of a download: their names, titles and kinds, and where their values come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models


class Kind(StrEnum):
    """What the values of a field are. Mixed values are text; lists and objects are JSON."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TRUTH = "yes or no"
    DAY = "date"
    MOMENT = "date and time"
    JSON = "list"


@dataclass(frozen=True)
class Field:
    """A column of a file. `column` is the annotation that gives it, empty for one of the JSON properties; `bytes`
    the longest text in UTF-8 where that is known, else 0."""

    name: str
    kind: Kind
    titles: Mapping[str, str]
    column: str = ""
    bytes: int = 0

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles.get("el") or self.name


# The first that a column is an instance of.
KINDS: tuple[tuple["type[models.Field[Any, Any]]", Kind], ...] = (
    (models.BooleanField, Kind.TRUTH),
    (models.IntegerField, Kind.WHOLE),
    (models.FloatField, Kind.NUMBER),
    (models.DateTimeField, Kind.MOMENT),
    (models.DateField, Kind.DAY),
    (models.JSONField, Kind.JSON),
)


def kind_of(output: Any) -> Kind:
    """The kind of what a model field or an expression puts out."""
    return next((kind for known, kind in KINDS if isinstance(output, known)), Kind.TEXT)


@dataclass(frozen=True)
class Found:
    """What the rows hold under one name of their JSON properties: kinds among TEXT, NUMBER, TRUTH and JSON."""

    name: str
    kinds: frozenset[Kind]
    is_whole: bool
    bytes: int


def kind_of_found(found: Found) -> Kind:
    """The narrowest kind that holds every value without changing it; JSON has no dates, so they stay text."""
    if len(found.kinds) != 1:
        return Kind.TEXT
    [kind] = found.kinds
    return Kind.WHOLE if kind == Kind.NUMBER and found.is_whole else kind

"""What is asked of an overlay: which layer, by which surfaces, on which day, narrowed by which filters."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from layers.models import GeometryKind
from layers.sources import FeatureSource


class Measure(StrEnum):
    """What is summed: plane m² in the storage CRS, metres in it, or nothing but the rows themselves."""

    AREA = "area"
    LENGTH = "length"
    COUNT = "count"


MEASURES: Mapping[str, Measure] = {
    GeometryKind.POLYGON: Measure.AREA,
    GeometryKind.LINE: Measure.LENGTH,
    GeometryKind.POINT: Measure.COUNT,
    GeometryKind.MIXED: Measure.COUNT,
}


@dataclass(frozen=True)
class Order:
    """`what` and `by` are slugs of sources. `by_field` and `what_field` name the fields whose values are the classes;
    blank: of `by` each surface is a class of its own, of `what` all are one. Filters are CQL2 text."""

    what: str
    by: str
    by_field: str = ""
    what_field: str = ""
    what_filter: str = ""
    by_filter: str = ""
    valid: str = ""
    known: str = ""

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        """Reads what `as_json` wrote; also the query of a page. What is not asked stays blank."""
        return cls(**{field.name: str(given.get(field.name) or "") for field in fields(cls)})

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def measure_of(source: FeatureSource) -> Measure:
    return MEASURES.get(source.geometry_kind, Measure.COUNT)

"""What is asked of zonal statistics: which raster, by which surfaces."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True)
class ZonalOrder:
    """`raster` and `by` are slugs; surfaces with the same value of `by_field` are one, blank: each for itself.
    `values` filled: also the area of each value of the raster."""

    raster: str
    by: str
    by_field: str = ""
    by_filter: str = ""
    valid: str = ""
    values: str = ""

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        return cls(**{field.name: str(given.get(field.name) or "") for field in fields(cls)})

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

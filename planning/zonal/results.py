"""What a raster holds inside each surface."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

FIGURES = ("lowest", "mean", "median", "highest", "sum")


@dataclass(frozen=True)
class Zone:
    """Of one surface, or all of one name: cells with a value, those on its border by the share that lies inside;
    `covered_m2` of its `area_m2` have one. Figures are None where no cell has a value, the median also where there are
    too many to be kept at once. `values` gives m² by value of the raster."""

    name: str | None
    area_m2: float
    covered_m2: float = 0.0
    cells: float = 0.0
    lowest: float | None = None
    mean: float | None = None
    median: float | None = None
    highest: float | None = None
    sum: float | None = None
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Zonal:
    raster_title: str
    by_title: str
    by_field: str
    unit: str
    zones: tuple[Zone, ...] = ()

    @property
    def values(self) -> list[str]:
        """Every value that occurs, the most frequent first."""
        area: dict[str, float] = {}
        for zone in self.zones:
            for value, m2 in zone.values.items():
                area[value] = area.get(value, 0.0) + m2
        return sorted(area, key=lambda value: -area[value])

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        return cls(**{**given, "zones": tuple(_zones(given["zones"]))})


def _zones(given: Iterable[Mapping[str, Any]]) -> Iterable[Zone]:
    for one in given:
        yield Zone(**one)

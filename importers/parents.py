"""Which area of the level above contains an area: the one that shares most of its ground."""

from dataclasses import dataclass, field

import shapely

from municipality.models import Area

LEAST_SHARE = 0.5


@dataclass
class Parents:
    """Ids and boundaries of the areas of one level, in the storage CRS."""

    ids: list[int] = field(default_factory=list)
    boundaries: list[shapely.Geometry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ids)

    @classmethod
    def of_level(cls, level: str) -> "Parents":
        areas = Area.objects.inside_home().filter(level=level)
        parents = cls()
        for area in areas:
            parents.ids.append(area.pk)
            parents.boundaries.append(shapely.from_wkb(bytes(area.boundary.wkb)))
        return parents

    def of(self, boundary: shapely.Geometry) -> int | None:
        """The id of the parent, or None when none has at least half of the area."""
        if not self.ids:
            return None
        near = [index for index, other in enumerate(self.boundaries) if shapely.intersects(other, boundary)]
        shared = {
            index: float(shapely.area(shapely.intersection(self.boundaries[index], boundary)))
            for index in near
        }
        best = max(shared, key=lambda index: shared[index], default=None)
        if best is None or shared[best] < LEAST_SHARE * float(shapely.area(boundary)):
            return None
        return self.ids[best]

"""What the search answers with: a name, a place on the map and perhaps a page."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point
from django.utils.functional import Promise

from core.geo import to_lonlat


@dataclass(frozen=True)
class Hit:
    """One result. `lon`, `lat` in degrees; `bbox` west, south, east, north for what is larger than a point; `url`
    a page of its own, if it has one."""

    title: str
    context: str
    kind: str | Promise
    lon: float
    lat: float
    zoom: int = 18
    bbox: tuple[float, float, float, float] | None = None
    url: str = ""

    @classmethod
    def at(cls, location: Point, *, extent: GEOSGeometry | None = None, **facts: Any) -> "Hit":
        """A hit at a point of the storage CRS, with the box around `extent`."""
        place = to_lonlat(location)
        bbox = to_lonlat(extent).extent if extent is not None else None
        return cls(lon=place.x, lat=place.y, bbox=bbox, **facts)

    @property
    def map_path(self) -> str:
        """Address of the map opened on this place, its card beside it."""
        card = f"&show={self.url}" if self.url else ""
        return f"/#map={self.zoom}/{self.lat:.5f}/{self.lon:.5f}{card}"

    def as_json(self) -> dict[str, Any]:
        bbox = [round(value, 6) for value in self.bbox] if self.bbox else None
        place = {"lon": round(self.lon, 6), "lat": round(self.lat, 6), "bbox": bbox}
        return {**asdict(self), **place, "kind": str(self.kind)}

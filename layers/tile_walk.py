"""The tiles of an area and a range of zooms, as commands ask for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from core.errors import PortalError
from core.geo import CRS84, WEB_EXTENT, WEB_MERCATOR, LonLat, Tile, to_lonlat
from layers.tile_statements import MAX_TILE_ZOOM
from municipality.models import Area

MOST_NORTHERN = 85.05


class BadZooms(PortalError):
    code = "bad_zooms"
    sentence = _("Zooms are written as 6-14, from %(first)d to %(last)d.")


class BadTileArea(PortalError):
    code = "bad_tile_area"
    sentence = _(
        "An area is written as west,south,east,north in degrees, west before east and south before north."
    )


class NoHome(PortalError):
    code = "no_home"
    sentence = _(
        "The municipality has no boundary yet. Say the area: --bbox west,south,east,north in degrees."
    )


@dataclass(frozen=True)
class Walk:
    """Every tile of the zooms from `first` to `last` that touches a box of degrees (CRS84)."""

    west: float
    south: float
    east: float
    north: float
    first: int
    last: int

    @classmethod
    def parse(cls, bbox: str, zooms: str) -> "Walk":
        """Read two texts; an empty `bbox` is the municipality. Raises BadZooms, BadTileArea, NoHome."""
        return cls(*_box(bbox), *_zooms(zooms))

    def __len__(self) -> int:
        return sum(len(columns) * len(lines) for _zoom, columns, lines in self._ranges())

    def __iter__(self) -> Iterator[Tile]:
        for zoom, columns, lines in self._ranges():
            yield from (Tile(zoom, x, y) for x in columns for y in lines)

    def _ranges(self) -> Iterator[tuple[int, range, range]]:
        west, north = _in_web(self.west, self.north)
        east, south = _in_web(self.east, self.south)
        for zoom in range(self.first, self.last + 1):
            width, last = Tile(zoom, 0, 0).width_metres, 2**zoom - 1
            left, right = (min(max(int((x + WEB_EXTENT) // width), 0), last) for x in (west, east))
            top, bottom = (min(max(int((WEB_EXTENT - y) // width), 0), last) for y in (north, south))
            yield zoom, range(left, right + 1), range(top, bottom + 1)


def _in_web(lon: float, lat: float) -> tuple[float, float]:
    place = Point(lon, min(max(lat, -MOST_NORTHERN), MOST_NORTHERN), srid=CRS84)
    x, y, *_rest = place.transform(WEB_MERCATOR, clone=True).extent
    return x, y


def _zooms(text: str) -> tuple[int, int]:
    first, dash, last = text.partition("-")
    try:
        low, high = int(first), int(last if dash else first)
    except ValueError as error:
        raise BadZooms(first=0, last=MAX_TILE_ZOOM) from error
    if not 0 <= low <= high <= MAX_TILE_ZOOM:
        raise BadZooms(first=0, last=MAX_TILE_ZOOM)
    return low, high


def _box(text: str) -> tuple[float, float, float, float]:
    if not text.strip():
        home = Area.objects.home()
        if home is None:
            raise NoHome()
        west, south, east, north = to_lonlat(home.boundary).extent
        return west, south, east, north
    parts = text.split(",")
    if len(parts) != 4:
        raise BadTileArea()
    corner, opposite = LonLat.parse(*parts[:2]), LonLat.parse(*parts[2:])
    if corner.lon >= opposite.lon or corner.lat >= opposite.lat:
        raise BadTileArea()
    return corner.lon, corner.lat, opposite.lon, opposite.lat

"""What changes as a picture on paper: in the storage CRS, north up, with a bar of its scale."""

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiLineString
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.geo import CRS84, to_storage
from planning.parcel.shapes import polygons_of
from planning.versions.comparison import Comparison
from planning.versions.words import COLORS, line_color

WIDTH, HEIGHT, MARGIN = 720.0, 420.0, 16.0
STEPS = (1, 2, 5)
Path = list[tuple[float, ...]]


@dataclass(frozen=True)
class Shown:
    shape: GEOSGeometry
    color: str
    name: str


@dataclass(frozen=True)
class Place:
    """Metres of the storage CRS on the sheet."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        across = (WIDTH - 2 * MARGIN) / max(self.east - self.west, 1)
        return min(across, (HEIGHT - 2 * MARGIN) / max(self.north - self.south, 1))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale + 2 * MARGIN + 26

    def at(self, x: float, y: float) -> tuple[float, float]:
        return round(MARGIN + (x - self.west) * self.scale, 1), round(
            MARGIN + (self.north - y) * self.scale, 1
        )


def picture_of(found: Comparison) -> SafeString:
    """SVG; blank where nothing changes."""
    shown = [
        *(
            Shown(_stored(one.geojson), COLORS[one.change], one.new_key or one.old_key or "")
            for one in found.pieces
        ),
        *(Shown(_stored(one.geojson), line_color(new=one.is_new), "") for one in found.lines),
    ]
    if not shown:
        return SafeString("")
    west, south, east, north = zip(*(one.shape.extent for one in shown), strict=True)
    place = Place(min(west), min(south), max(east), max(north))
    drawn = format_html_join("", "{}", ((_drawn(one, place),) for one in shown))
    inside = (drawn, _names(shown, place), _bar(place))
    return format_html(
        '<svg viewBox="0 0 {} {}" width="100%">{}{}{}</svg>', WIDTH, round(place.height, 1), *inside
    )


def _stored(geojson: str) -> GEOSGeometry:
    shape = GEOSGeometry(geojson)
    shape.srid = CRS84
    return to_storage(shape)


def _drawn(one: Shown, place: Place) -> SafeString:
    rings = [[*ring.coords] for polygon in polygons_of(one.shape) for ring in polygon]
    if rings:
        path = " ".join(f"{_path(ring, place)}Z" for ring in rings)
        filled = (
            '<path fill="{}" fill-opacity="0.45" stroke="{}" stroke-width="1.2" fill-rule="evenodd" d="{}"/>'
        )
        return format_html(filled, one.color, one.color, path)
    path = " ".join(_path(line, place) for line in _lines(one.shape))
    return format_html('<path fill="none" stroke="{}" stroke-width="1.8" d="{}"/>', one.color, path)


def _lines(shape: GEOSGeometry) -> list[Path]:
    if isinstance(shape, LineString):
        return [[*shape.coords]]
    parts = list(shape) if isinstance(shape, MultiLineString) else []
    return [[*line.coords] for line in parts if isinstance(line, LineString)]


def _path(line: Path, place: Place) -> str:
    points = (place.at(x, y) for x, y, *_height in line)
    return f"M{'L'.join(f'{x},{y}' for x, y in points)}"


def _names(shown: list[Shown], place: Place) -> SafeString:
    """Each zone's key where there is ground of it."""
    named = ((one.shape.point_on_surface, one.name) for one in shown if one.name)
    texts = ((*place.at(point.x, point.y), name) for point, name in named)
    return format_html_join("", '<text x="{}" y="{}" font-size="12" font-weight="700">{}</text>', texts)


def _bar(place: Place) -> SafeString:
    """A length that people know, at most a quarter of the width."""
    known = (step * 10**power for power in range(6) for step in STEPS)
    metres = max(one for one in known if one * place.scale <= WIDTH / 4 or one == 1)
    y, length = place.height - 10, metres * place.scale
    drawn = '<path d="M{},{} h{}" stroke="#0f1419" stroke-width="3"/><text x="{}" y="{}" font-size="12">{} m</text>'
    return format_html(
        drawn, MARGIN, round(y, 1), round(length, 1), round(MARGIN + length + 8, 1), round(y + 4, 1), metres
    )

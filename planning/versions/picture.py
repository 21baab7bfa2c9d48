"""The changed ground as a picture on paper: in the storage CRS, north up, with a bar of its scale."""

from django.contrib.gis.geos import GEOSGeometry
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.geo import to_storage
from planning.parcel.shapes import polygons_of
from planning.versions.comparison import Comparison
from planning.versions.words import COLORS

WIDTH, HEIGHT, MARGIN = 720.0, 420.0, 16.0
STEPS = (1, 2, 5)


def picture_of(found: Comparison) -> SafeString:
    """SVG; blank where nothing changes."""
    shapes = [(to_storage(_lonlat(piece.geojson)), COLORS[piece.change]) for piece in found.pieces]
    if not shapes:
        return SafeString("")
    boxes = [shape.extent for shape, _color in shapes]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 1), (HEIGHT - 2 * MARGIN) / max(north - south, 1))
    height = (north - south) * scale + 2 * MARGIN + 26
    paths = (
        (color, " ".join(_ring(ring, west, north, scale) for ring in _rings(shape)))
        for shape, color in shapes
    )
    drawn = format_html_join(
        "", '<path fill="{}" fill-opacity="0.45" stroke="{}" stroke-width="1.2" fill-rule="evenodd" d="{}"/>',
        ((color, color, path) for color, path in paths),
    )  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 {} {}" width="100%">{}{}</svg>',
        WIDTH,
        round(height, 1),
        drawn,
        _bar(scale, height),
    )


def _names(found: Comparison, shapes: list[GEOSGeometry], place: tuple[float, float, float]) -> SafeString:
    """Each zone's key where there is ground of it."""
    west, north, scale = place
    points = ((piece, shape.point_on_surface) for piece, shape in zip(found.pieces, shapes, strict=True))
    texts = (
        (round(MARGIN + (at.x - west) * scale, 1), round(MARGIN + (north - at.y) * scale, 1), key)
        for piece, at in points
        if (key := piece.new_key or piece.old_key)
    )
    return format_html_join("", '<text x="{}" y="{}" font-size="12" font-weight="700">{}</text>', texts)


def _lonlat(geojson: str) -> GEOSGeometry:
    shape = GEOSGeometry(geojson)
    shape.srid = 4326
    return shape


def _rings(shape: GEOSGeometry) -> list[list[tuple[float, ...]]]:
    return [[*ring.coords] for polygon in polygons_of(shape) for ring in polygon]


def _ring(ring: list[tuple[float, ...]], west: float, north: float, scale: float) -> str:
    points = (
        f"{MARGIN + (x - west) * scale:.1f},{MARGIN + (north - y) * scale:.1f}" for x, y, *_height in ring
    )
    return f"M{'L'.join(points)}Z"


def _bar(scale: float, height: float) -> SafeString:
    """A length that people know, about a fifth of the width."""
    metres = max(
        step * 10**power
        for power in range(1, 6)
        for step in STEPS
        if step * 10**power * scale <= WIDTH / 4 or power == 1
    )
    y = height - 10
    return format_html(
        '<path d="M{},{} h{}" stroke="#0f1419" stroke-width="3"/><text x="{}" y="{}" font-size="12">{} m</text>',
        MARGIN, round(y, 1), round(metres * scale, 1), round(MARGIN + metres * scale + 8, 1), round(y + 4, 1), metres,
    )  # fmt: skip

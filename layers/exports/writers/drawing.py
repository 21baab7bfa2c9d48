"""DXF (R12) as a stream: points, polylines and closed polylines on one layer, their names as text on another.

A drawing has no fields, so only the key of a row goes with it. Holes are closed polylines like the outlines.
"""

from pathlib import Path

import ezdxf.lldxf.encoding  # noqa: F401  registers the error handler that writes Greek as \\U+03B1
import shapely
from django.utils.translation import gettext_noop
from ezdxf.addons.r12writer import R12FastStreamWriter, r12writer

from layers.exports.export import Export

TEXT_METRES = 1.0
LAYER_LETTERS = 25


def write(export: Export, folder: Path) -> list[Path]:
    path = folder / f"{export.order.stem}.dxf"
    layer = "".join(c if c.isalnum() else "_" for c in export.order.stem.upper())[:LAYER_LETTERS]
    height = TEXT_METRES if not export.order.system.is_degrees else TEXT_METRES / 100_000
    with path.open("w", encoding="ascii") as file, r12writer(file) as drawing:
        for batch in export.batches():
            for key, shape in zip(batch.keys, batch.shapes.tolist(), strict=True):
                if shape is not None and not shapely.is_empty(shape):
                    _draw(drawing, shape, layer)
                    place = shapely.get_coordinates(shape.representative_point())[0].tolist()
                    text = _escaped(" ".join(str(key).split()))
                    drawing.add_text(text, place, height=height, layer=f"{layer}_TEXT")
    export.tell(
        gettext_noop("A drawing has no fields: only the name of each row is in it, as text beside it.")
    )
    export.tell(gettext_noop("Coordinates in a drawing are rounded to six decimals."))
    return [path]


def _escaped(text: str) -> str:
    """Letters that are not ASCII as a drawing of this age has them: α is \\U+03B1."""
    return "".join(c if c.isascii() else f"\\U+{ord(c):04X}" if ord(c) <= 0xFFFF else "?" for c in text)


def _draw(drawing: R12FastStreamWriter, shape: shapely.Geometry, layer: str) -> None:
    if isinstance(shape, shapely.Polygon):
        for ring in (shape.exterior, *shape.interiors):
            corners = shapely.get_coordinates(ring)[:-1].tolist()
            drawing.add_polyline_2d(corners, format="xy", closed=True, layer=layer)
    elif isinstance(shape, shapely.LineString):
        drawing.add_polyline_2d(shapely.get_coordinates(shape).tolist(), format="xy", layer=layer)
    elif isinstance(shape, shapely.Point):
        drawing.add_point((shape.x, shape.y), layer=layer)
    else:
        for part in shapely.get_parts(shape).tolist():
            _draw(drawing, part, layer)

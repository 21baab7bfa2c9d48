"""KML: degrees, the fields declared in a schema with their titles, coordinates with every digit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from django.utils.translation import get_language

from layers.exports.export import Batch, Export
from layers.exports.fields import Kind
from layers.exports.writers.texts import text_of

TYPES = {Kind.WHOLE: "int", Kind.NUMBER: "double", Kind.TRUTH: "bool"}
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def write(export: Export, folder: Path) -> list[Path]:
    path = folder / f"{export.order.stem}.kml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_pieces(export))
    return [path]


def _pieces(export: Export) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
    yield f"<name>{_text(str(export.order.source.title))}</name>\n"
    yield f'<Schema name={_quoted(export.order.stem)} id="fields">\n'
    language = get_language() or "el"
    for field in export.survey.fields:
        title = f"<displayName>{_text(field.title(language))}</displayName>"
        kind = TYPES.get(field.kind, "string")
        yield f'<SimpleField name={_quoted(field.name)} type="{kind}">{title}</SimpleField>\n'
    yield "</Schema>\n"
    for batch in export.batches():
        yield from _placemarks(export, batch)
    yield "</Document></kml>\n"


def _placemarks(export: Export, batch: Batch) -> Iterator[str]:
    names = [field.name for field in export.survey.fields]
    is_named = export.survey.key is not None and not any(name.casefold() == "name" for name in names)
    rows = zip(*batch.columns, strict=True) if batch.columns else [()] * len(batch)
    for key, values, shape in zip(batch.keys, rows, batch.shapes.tolist(), strict=True):
        name = f"<name>{_text(str(key))}</name>" if is_named else ""
        data = "".join(_simple(*pair) for pair in zip(names, values, strict=True))
        told = f'<ExtendedData><SchemaData schemaUrl="#fields">{data}</SchemaData></ExtendedData>'
        yield f"<Placemark>{name}{told}{_shape(shape)}</Placemark>\n"


def _simple(name: str, value: Any) -> str:
    if value is None:
        return ""
    return f"<SimpleData name={_quoted(name)}>{_text(text_of(value))}</SimpleData>"


def _shape(shape: shapely.Geometry | None) -> str:
    if shape is None or shapely.is_empty(shape):
        return ""
    if isinstance(shape, shapely.Polygon):
        inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{inner}</Polygon>"
    if isinstance(shape, shapely.LineString):
        return f"<LineString>{_coordinates(shape)}</LineString>"
    if isinstance(shape, shapely.Point):
        return f"<Point>{_coordinates(shape)}</Point>"
    parts = "".join(map(_shape, shapely.get_parts(shape).tolist()))
    return f"<MultiGeometry>{parts}</MultiGeometry>"


def _ring(ring: shapely.LinearRing) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: shapely.Geometry) -> str:
    pairs = shapely.get_coordinates(shape).tolist()
    return f"<coordinates>{' '.join(f'{x!r},{y!r}' for x, y in pairs)}</coordinates>"


def _text(text: str) -> str:
    return escape(text.translate(NOT_IN_XML))


def _quoted(text: str) -> str:
    return quoteattr(text.translate(NOT_IN_XML))

"""GeoJSON, sent while it is made. Degrees as RFC 7946 has them; other systems are named as GeoJSON 2008 did."""

import json
from collections.abc import Iterator
from pathlib import Path

import shapely

from layers.exports.export import Batch, Export
from layers.exports.writers.texts import json_value


def write(export: Export, folder: Path) -> list[Path]:
    path = folder / f"{export.order.stem}.geojson"
    with path.open("wb") as file:
        file.writelines(pieces(export))
    return [path]


def pieces(export: Export) -> Iterator[bytes]:
    """The bytes of a FeatureCollection. Coordinates have every digit; blanks are left out of the properties."""
    yield _head(export).encode()
    between = b""
    for batch in export.batches():
        yield between + ",\n".join(_features(export, batch)).encode()
        between = b",\n"
    yield b"\n]}\n"


def _head(export: Export) -> str:
    head = {"type": "FeatureCollection", "name": export.order.stem}
    system = export.order.system
    crs = {} if system.is_degrees else {"crs": {"type": "name", "properties": {"name": system.uri}}}
    return json.dumps({**head, **crs}, ensure_ascii=False)[:-1] + ', "features": [\n'


def _features(export: Export, batch: Batch) -> Iterator[str]:
    names = [field.name for field in export.survey.fields]
    shapes = shapely.to_geojson(batch.shapes).tolist()
    rows = zip(*batch.columns, strict=True) if batch.columns else [()] * len(batch)
    for shape, values in zip(shapes, rows, strict=True):
        properties = {
            name: json_value(value) for name, value in zip(names, values, strict=True) if value is not None
        }
        told = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
        yield f'{{"type":"Feature","properties":{told},"geometry":{shape or "null"}}}'

"""A small layer with everything that files get wrong, and the way to a file of it."""

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import GEOSGeometry

from layers.exports import make_archive, make_file, order_from
from layers.exports.export import Export
from layers.models import Feature, Layer
from layers.sources import source_for
from tests.factories import FeatureFactory, LayerFactory
from tests.factories.places import SOUTH, WEST

KEY = "kaek"
ROWS: dict[str, dict[str, Any]] = {
    "050120301001": {
        "name": 'Πλατεία «Αγίας Σοφίας»; ΰ, "δύο"',
        "floors": 5,
        "area": 123.45,
        "listed": True,
        "since": "2024-03-01",
    },
    "050120301002": {"floors": -2, "area": 0.1, "listed": False, "name": "γραμμή 1\nγραμμή 2"},
    "050120301003": {
        "name": "Ως έχει",
        "area": 7.0,
        "a_very_long_field_name": "α",
        "a_very_long_field_other": "β",
    },
}
SHAPES = (
    "POLYGON ((10.1 10.2, 30.123456789 10.7, 30 30, 10.1 10.2), (20 15, 22 15, 22 16, 20 15))",
    "MULTIPOLYGON (((100 100, 120 100, 120 120, 100 100)), ((200 200, 220 200, 220 220.5, 200 200)))",
    "POLYGON ((300 300, 300 333.3333333333333, 333 300, 300 300))",
)


def there(wkt: str) -> GEOSGeometry:
    """The shape, drawn in metres from the town's corner, in the storage CRS."""
    shape = shapely.transform(shapely.from_wkt(wkt), lambda xy: np.add(xy, (WEST, SOUTH)))
    geometry = GEOSGeometry(memoryview(shape.wkb))
    geometry.srid = Feature._meta.get_field("geom").srid
    return geometry


def schema(**kinds: str) -> dict[str, Any]:
    named = {
        name: {"type": kind, "title": f"{name}-τίτλος", "title_en": f"{name} title"}
        for name, kind in kinds.items()
    }
    return {"type": "object", "properties": named}


def parcels(**fields: Any) -> Layer:
    layer = LayerFactory.create(
        **{
            "slug": "parcels",
            "title": "Γεωτεμάχια",
            "title_en": "Parcels",
            "key_field": KEY,
            "licence": "CC BY 4.0",
            "source": "Κτηματολόγιο",
            "field_schema": schema(kaek="string", name="string", floors="integer", area="number"),
            **fields,
        }
    )
    for (key, properties), shape in zip(ROWS.items(), SHAPES, strict=True):
        FeatureFactory.create(layer=layer, key=key, properties={KEY: key, **properties}, geom=there(shape))
    return layer


def exported(slug: str, path: Path, user: Any = None, **given: str) -> Export:
    """The file at `path`, a zip when it is called so."""
    form = {} if path.suffix == ".zip" else {"format": path.suffix.removeprefix(".")}
    order = order_from(source_for(user or AnonymousUser(), slug), {**form, **given})
    return (make_archive if path.suffix == ".zip" else make_file)(order, path)


def kept(layer: Layer) -> dict[str, tuple[dict[str, Any], bytes | None]]:
    """Properties and WKB by key, as they are kept."""
    rows = Feature.objects.filter(layer=layer).current()
    return {row.key: (row.properties, bytes(row.geom.wkb) if row.geom else None) for row in rows}

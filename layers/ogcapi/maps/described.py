"""The maps in the description of the API, in the links and among the conformance classes."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.geo import to_lonlat
from layers.ogcapi.collections import MAP, Collection
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.maps.asked import MOST_PIXELS, MOST_SIDE, PARAMETERS
from layers.ogcapi.systems import CRS84_URI, storage_crs, systems
from municipality.models import Area

MAPS_1 = "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/"
CLASSES = [
    f"{MAPS_1}{name}"
    for name in (
        *("core", "collection-map", "dataset-map", "collections-selection"),
        *("scaling", "display-resolution", "crs", "png"),
    )
]
LIMITS = {"x-OGC-limits": {"maps": {"maxWidth": MOST_SIDE, "maxHeight": MOST_SIDE, "maxPixels": MOST_PIXELS}}}
PNG = "image/png"
Part = dict[str, Any]


def dataset_link(request: HttpRequest) -> Link:
    return link(MAP, f"{address(request, 'map')}?f=png", PNG, _("The map as a picture"))


def dataset_facts() -> Part:
    """What the landing page says of the map of everything: its systems, and where it lies."""
    found: Part = {"crs": list(systems()), "storageCrs": storage_crs().uri}
    home = Area.objects.only("boundary").home()
    if home is None:
        return found
    box = [round(value, 6) for value in to_lonlat(home.boundary).extent]
    return found | {"extent": {"spatial": {"bbox": [box], "crs": CRS84_URI}}}


def paths(collections: Iterable[Collection]) -> dict[str, Part]:
    """Addresses with what they take and give."""
    told = list(collections)
    return {
        "/map": _path("dataset.map", _("The map as a picture"), with_collections=True),
        **{
            f"/collections/{one.id}/map": _path(f"collection.map.{one.id}", one.title, with_collections=False)
            for one in told
        },
    }


def _path(operation: str, title: str, *, with_collections: bool) -> Part:
    own = [_collections()] if with_collections else []
    refusals = {
        status: {"$ref": f"#/components/responses/{status}"} for status in ("400", "404", "406", "503")
    }
    too_large = {"description": _("The map is too large."), "content": _refusal_content()}
    picture = {PNG: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "get": {
            "operationId": operation,
            "summary": title,
            "tags": ["Maps"],
            "parameters": [_format(), *own, *map(_parameter, PARAMETERS)],
            "responses": {"200": {"description": title, "content": picture}, **refusals, "413": too_large},
        }
    }


def _refusal_content() -> Part:
    return {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}


def _parameter(name: str) -> Part:
    return {"$ref": f"#/components/parameters/{name}"}


def parameters() -> dict[str, Part]:
    """Those that only maps have, by name."""
    listed = {"type": "string", "enum": list(systems())}
    number = {"type": "number", "minimum": 0.001}
    side = {"type": "integer", "minimum": 1, "maximum": MOST_SIDE}
    return {
        "subset": _query(
            "subset", _("A piece of ground by its axes, such as Lat(40:41),Lon(23:24)."), {"type": "string"}
        ),
        "subset-crs": _query("subset-crs", _("The coordinate system of the subset."), listed),
        "center": _query("center", _("The middle of the map."), _pair()),
        "center-crs": _query("center-crs", _("The coordinate system of the middle."), listed),
        "width": _query("width", _("The width in pixels."), side),
        "height": _query("height", _("The height in pixels."), side),
        "scale-denominator": _query("scale-denominator", _("The scale: 1000 for 1:1000."), number),
        "mm-per-pixel": _query(
            "mm-per-pixel", _("The size of a pixel in millimetres; 0.28 when left out."), number
        ),
        "bgcolor": _query(
            "bgcolor", _("The colour of the ground as 0xRRGGBB or by its name."), {"type": "string"}
        ),
        "transparent": _query("transparent", _("Whether the ground is see-through."), {"type": "boolean"}),
    }


def _pair() -> Part:
    return {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}}


def _collections() -> Part:
    names = {"type": "array", "minItems": 1, "items": {"type": "string"}}
    return _query("collections", _("The collections to draw, the first undermost."), names)


def _format() -> Part:
    return _query("f", _("The format of the answer."), {"type": "string", "enum": ["png"]})


def _query(name: str, text: str, schema: Part) -> Part:
    style = {"style": "form", "explode": False}
    return {"name": name, "in": "query", "required": False, "description": text, **style, "schema": schema}

"""The documents of OGC API Tiles: the matrix set, the tilesets of a collection, and TileJSON."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.geo import WEB_EXTENT, Tile
from layers.ogcapi.collections import Collection
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.media import JSON
from layers.tile_statements import MAX_TILE_ZOOM

TILES_1 = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
CLASSES = [
    f"{TILES_1}{name}" for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30")
]
REL = "http://www.opengis.net/def/rel/ogc/1.0/"
SCHEMES, SCHEME = f"{REL}tiling-schemes", f"{REL}tiling-scheme"
MVT = "application/vnd.mapbox-vector-tile"
MATRIX = "WebMercatorQuad"
MATRIX_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{MATRIX}"
WEB_MERCATOR_URI = "http://www.opengis.net/def/crs/EPSG/0/3857"
CELLS = 256  # Pixels a side that the standard reckons scales with.
PIXEL_METRES = 0.00028
DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}
Document = dict[str, Any]


def schemes_link(request: HttpRequest) -> Link:
    return link(SCHEMES, f"{address(request, 'tile-matrix-sets')}?f=json", JSON, _("How tiles are cut"))


def matrix_sets(request: HttpRequest) -> Document:
    there = address(request, "tile-matrix-set", MATRIX)
    links = [link("self", f"{there}?f=json", JSON, MATRIX)]
    return {"tileMatrixSets": [{"id": MATRIX, "title": MATRIX, "uri": MATRIX_URI, "links": links}]}


def matrix_set() -> Document:
    """As OGC 17-083r4 writes it, from the whole world down to the deepest zoom that is served."""
    return {
        "id": MATRIX,
        "title": "Google Maps Compatible for the World",
        "uri": MATRIX_URI,
        "crs": WEB_MERCATOR_URI,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(zoom) for zoom in range(Tile.MAX_ZOOM + 1)],
    }


def _matrix(zoom: int) -> Document:
    cell = Tile(zoom, 0, 0).width_metres / CELLS
    return {
        "id": str(zoom),
        "scaleDenominator": cell / PIXEL_METRES,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-WEB_EXTENT, WEB_EXTENT],
        "tileWidth": CELLS,
        "tileHeight": CELLS,
        "matrixWidth": 2**zoom,
        "matrixHeight": 2**zoom,
    }


def tileset_entry(request: HttpRequest, collection: Collection) -> Document:
    """A tileset as it stands in the list."""
    there = address(request, "tileset", collection.id, MATRIX)
    scheme = address(request, "tile-matrix-set", MATRIX)
    return {
        "title": collection.title,
        "tileMatrixSetURI": MATRIX_URI,
        "crs": WEB_MERCATOR_URI,
        "dataType": "vector",
        "links": [
            link("self", f"{there}?f=json", JSON, collection.title),
            link(SCHEME, f"{scheme}?f=json", JSON, MATRIX),
            {
                **link("item", tile_template(request, collection), MVT, collection.title),
                "templated": True,
            },
        ],
    }


def tileset(request: HttpRequest, collection: Collection) -> Document:
    """Everything that is known of a tileset but its links."""
    told = tileset_entry(request, collection)
    west_south_east_north = collection.bounds()
    if west_south_east_north is not None:
        west, south, east, north = west_south_east_north
        told["boundingBox"] = {"lowerLeft": [west, south], "upperRight": [east, north]}
    smallest, largest = _zooms(collection)
    limits = [_limits(zoom) for zoom in range(smallest, largest + 1)]
    layer: Document = {"id": collection.id, "title": collection.title, "dataType": "vector"}
    if collection.source.geometry_kind in DIMENSIONS:
        layer["geometryDimension"] = DIMENSIONS[collection.source.geometry_kind]
    return {**told, "tileMatrixSetLimits": limits, "layers": [layer]}


def _limits(zoom: int) -> Document:
    last = 2**zoom - 1
    edges = {"minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last}
    return {"tileMatrix": str(zoom), **edges}


def tilejson(request: HttpRequest, collection: Collection) -> Document:
    """TileJSON 3.0, for map libraries."""
    smallest, largest = _zooms(collection)
    names = {"{tileMatrix}": "{z}", "{tileRow}": "{y}", "{tileCol}": "{x}"}
    template = tile_template(request, collection)
    for ours, theirs in names.items():
        template = template.replace(ours, theirs)
    told: Document = {
        "tilejson": "3.0.0",
        "name": collection.title,
        "tiles": [template],
        "minzoom": smallest,
        "maxzoom": largest,
        "vector_layers": [{"id": collection.id, "fields": dict.fromkeys(collection.fields, "")}],
    }
    if collection.source.attribution:
        told["attribution"] = collection.source.attribution
    bounds = collection.bounds()
    return told | ({"bounds": list(bounds)} if bounds is not None else {})


def tile_template(request: HttpRequest, collection: Collection) -> str:
    """Row before column, as the standard has it."""
    there = address(request, "tileset", collection.id, MATRIX)
    return f"{there}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f=mvt"


def _zooms(collection: Collection) -> tuple[int, int]:
    return min(collection.source.min_zoom, MAX_TILE_ZOOM), MAX_TILE_ZOOM

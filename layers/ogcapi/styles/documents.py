"""Styles as documents: the list, what is known of one, and its stylesheets."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from layers.ogcapi.collections import Collection
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.media import HTML, JSON
from layers.style_fragments import fragments_styled
from layers.styles.fields import kinds_of
from layers.styles.named import NamedStyle
from layers.styles.scales import home_latitude
from layers.styles.sld import MEDIA_TYPE as SLD
from layers.styles.sld import sld_of
from layers.tile_statements import MAX_TILE_ZOOM
from layers.views.tile import tile_path

MAPBOX = "application/vnd.mapbox.style+json"
STYLES_1 = "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/"
CLASSES = [f"{STYLES_1}{name}" for name in ("core", "mapbox-styles", "sld-10")]
#: By `f=`: media type, title, version and specification.
STYLESHEETS = {
    "mbstyle": (MAPBOX, "MapLibre", "8", "https://maplibre.org/maplibre-style-spec/"),
    "sld10": (SLD, "SLD", "1.0.0", "http://www.opengeospatial.org/standards/sld"),
}
GEOMETRIES = {"point": "point", "line": "line", "polygon": "polygon", "mixed": "any"}
Document = dict[str, Any]


def stylesheets_of(style: NamedStyle) -> list[str]:
    """In which languages a style is to be had; what was written for MapLibre may say what SLD cannot."""
    is_simple = style.spec is not None and style.spec.kind != "maplibre"
    return ["mbstyle", "sld10"] if is_simple else ["mbstyle"]


def entry_of(request: HttpRequest, style: NamedStyle) -> Document:
    """A style in the list."""
    return {
        "id": style.id,
        "title": style.title,
        "links": [*_sheet_links(request, style), *_about(request, style)],
    }


def _sheet_links(request: HttpRequest, style: NamedStyle) -> list[Link]:
    there = address(request, "style", style.id)
    return [
        link("stylesheet", f"{there}?f={name}", STYLESHEETS[name][0], STYLESHEETS[name][1])
        for name in stylesheets_of(style)
    ]


def _about(request: HttpRequest, style: NamedStyle) -> list[Link]:
    there = address(request, "style-metadata", style.id)
    return [
        link("describedby", f"{there}?f=json", JSON, _("About the style")),
        link("describedby", f"{there}?f=html", HTML, _("About the style")),
    ]


def metadata_of(request: HttpRequest, style: NamedStyle, collection: Collection) -> Document:
    there = address(request, "style", style.id)
    items = link("start", f"{address(request, 'items', collection.id)}?f=json", "application/geo+json")
    return {
        "id": style.id,
        "title": style.title,
        "description": capfirst(collection.title),
        "scope": "style",
        "version": str(collection.source.revision),
        "stylesheets": [
            {
                "title": title,
                "version": version,
                "specification": specification,
                "native": name == "mbstyle",
                "link": link("stylesheet", f"{there}?f={name}", media_type, title),
            }
            for name, (media_type, title, version, specification) in STYLESHEETS.items()
            if name in stylesheets_of(style)
        ],
        "layers": [
            {
                "id": collection.id,
                "type": GEOMETRIES[collection.source.geometry_kind],
                "sampleData": items,
            }
        ],
    }


def maplibre_style(request: HttpRequest, style: NamedStyle, collection: Collection) -> Document:
    """A whole style with one source, our tiles of the collection."""
    source = collection.source
    path = tile_path(source.slug, source.view, source.revision, 0, 0, 0).removesuffix("0/0/0.mvt")
    layers = fragments_styled(
        source, style.fragments, tile_source=source.slug, theme="light", group=source.theme, is_shown=True
    )
    bounds = collection.bounds()
    tiles: Document = {
        "type": "vector",
        "tiles": [f"{request.scheme}://{request.get_host()}{path}{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": min(source.min_zoom, MAX_TILE_ZOOM),
        "maxzoom": MAX_TILE_ZOOM,
    }
    if bounds is not None:
        tiles["bounds"] = list(bounds)
    if source.attribution:
        tiles["attribution"] = conditional_escape(source.attribution)  # MapLibre shows it as HTML.
    return {
        "version": 8,
        "name": f"{capfirst(collection.title)} · {style.title}",
        "sources": {source.slug: tiles},
        "layers": list(layers),
    }


def sld_document(style: NamedStyle, collection: Collection) -> bytes:
    """Of a style that is to be had as SLD."""
    if style.spec is None:
        raise ValueError(f"the style {style.id} has no spec")
    source = collection.source
    return sld_of(
        style.spec,
        name=collection.id,
        title=style.title,
        geometry_kind=source.geometry_kind,
        kinds=kinds_of(source),
        latitude=home_latitude(),
    )

"""The file itself: folium's map with Leaflet, our layers and all words inside, and nothing to fetch."""

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, MacroElement
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape
from folium.template import Template
from PIL import Image

from layers.drawing.pictured import DrawnRaster
from layers.rasters.drawing import drawn, reaches
from layers.rasters.reading import Frame as RasterFrame
from planning.printing.offline.features import Zooms

RASTER_PIXELS = 1_400
ADDRESS = re.compile(r"url\(images/([a-z0-9-]+\.png)\)")
Bounds = tuple[float, float, float, float]


class OwnLayer(folium.map.Layer):
    """A layer of ours in folium's tree, so that its control of layers knows it."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        var {{ this.get_name() }} = offlineLayer({{ this.data|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        super().__init__(name=escape(name), overlay=True, control=True, show=True)
        self._name = "OwnLayer"
        self.data = data


class Start(MacroElement):
    """Said last: now the map and its layers are there."""

    _template = Template(
        "{% macro script(this, kwargs) %}offlineStart({{ this._parent.get_name() }});{% endmacro %}"
    )


class OfflineMap(folium.Map):
    """Without the addresses of others that folium's map brings along."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []


@dataclass(frozen=True)
class Page:
    """`layers` are names with data for offline.js or with a raster, the undermost first."""

    title: str
    bounds: Bounds
    zooms: Zooms
    layers: list[tuple[str, "dict[str, Any] | DrawnRaster"]]
    context: Mapping[str, Any]
    language: str


def document_of(page: Page) -> str:
    """The whole file as text."""
    west, south, east, north = page.bounds
    shown = OfflineMap(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        control_scale=False,
        prefer_canvas=True,
        min_zoom=page.zooms.first,
        max_zoom=page.zooms.last,
        zoom_control=True,
    )
    for name, data in page.layers:
        layer = _raster(name, data) if isinstance(data, DrawnRaster) else OwnLayer(name, data)
        if layer is not None:
            layer.add_to(shown)
    folium.LayerControl(collapsed=False, autoZIndex=False).add_to(shown)
    shown.fit_bounds([[south, west], [north, east]])
    start: Any = Start
    shown.add_child(start())
    figure: Any = shown.get_root()
    _fill_head(figure, page)
    words = render_to_string("planning/printing/offline.html", page.context)
    figure.html.add_child(Element(_raw(words)), name="words")
    text: str = figure.render()
    return text.replace("<html>", f'<html lang="{page.language}">', 1)


def _fill_head(figure: Any, page: Page) -> None:
    """Leaflet, our drawing and the look of it all, in the file itself, before folium's own."""
    figure.header._children.pop("bootstrap", None)
    look = _leaflet_css() + _static("planning/printing/offline.css")
    own = (_static(f"planning/printing/{name}.js") for name in ("offline_names", "offline"))
    script = "\n".join(map(_script, (_leaflet("leaflet.js"), *own)))
    setup = f"offlineZooms({page.zooms.first});"
    parts = {
        "title": f"<title>{escape(page.title)}</title>",
        "look": f"<style>{look}</style>",
        "script": f"<script>{script}\n{setup}</script>",
    }
    for name, text in parts.items():
        figure.header.add_child(Element(_raw(text)), name=name)
        figure.header._children.move_to_end(name, last=False)


def _raster(name: str, layer: DrawnRaster) -> Any:
    """A raster as one picture; None where nothing of it lies here."""
    frame = layer_frame(layer)
    if frame is None:
        return None
    ground, (west, south, east, north) = frame
    picture = drawn(layer.layer.raster, layer.layer.look, ground)
    written = io.BytesIO()
    Image.fromarray(picture.transpose(1, 2, 0)).save(written, "PNG")
    address = "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
    opacity = layer.opacity * layer.layer.opacity
    return folium.raster_layers.ImageOverlay(
        address, [[south, west], [north, east]], opacity=opacity, name=escape(name), overlay=True
    )


def layer_frame(layer: DrawnRaster) -> tuple[RasterFrame, Bounds] | None:
    """All of a raster in web Mercator, as large as a screen."""
    from layers.drawing.frames import moved_box

    bounds = layer.layer.bounds
    web = moved_box(bounds, 4326, settings.WEB_SRID)
    if web is None:
        return None
    across, up = web[2] - web[0], web[3] - web[1]
    pixels = RASTER_PIXELS / max(across, up)
    ground = RasterFrame(web, settings.WEB_SRID, max(round(across * pixels), 1), max(round(up * pixels), 1))
    return (ground, bounds) if reaches(layer.layer.raster, ground) else None


def _raw(text: str) -> str:
    """branca takes every text for a template."""
    return "{% raw %}" + text.replace("{% endraw %}", "") + "{% endraw %}"


def _script(text: str) -> str:
    """As text of a script element, without the map of its source, which is another file."""
    lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
    return "\n".join(lines).replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def _leaflet_css() -> str:
    """With its pictures inside."""
    folder: Path = settings.NODE_MODULES / "leaflet" / "dist"

    def inlined(found: re.Match[str]) -> str:
        content = base64.b64encode((folder / "images" / found[1]).read_bytes()).decode()
        return f"url(data:image/png;base64,{content})"

    return ADDRESS.sub(inlined, (folder / "leaflet.css").read_text("utf-8"))


@lru_cache(maxsize=4)
def _leaflet(name: str) -> str:
    folder: Path = settings.NODE_MODULES / "leaflet" / "dist"
    return (folder / name).read_text("utf-8")


def _static(name: str) -> str:
    found = finders.find(name)
    return (Path(str(found)) if found else Path(settings.STATIC_ROOT) / name).read_text("utf-8")

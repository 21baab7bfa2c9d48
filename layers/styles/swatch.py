"""The small picture of a legend entry as SVG, for pages; scripts draw the same with map/sign.js."""

import math
from itertools import count
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from layers.styles.colors import color_of
from layers.styles.hatch import Hatch, hatch_of

GROUND = "#f4efe6"
BOX = mark_safe('x="2" y="3" width="14" height="12" rx="2"')
_numbers = count(1)


def swatch(entry: dict[str, Any]) -> SafeString:
    """18 × 18 pixels, hidden from screen readers: the label beside it says what it stands for."""
    shape = entry.get("shape", "polygon")
    draw = _line if shape == "line" else _point if shape == "point" else _surface
    return format_html(
        '<svg class="swatch-sign" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">{}</svg>',
        draw(entry),
    )


def hatch_path(kind: str, side: float) -> str:
    """The lines of hatching in a square of that side, those at its corners too, as in map/hatch.js."""
    s = side
    rising = f"M{-s:g} {s:g}L{s:g} {-s:g}M{-s:g} {2 * s:g}L{2 * s:g} {-s:g}M0 {2 * s:g}L{2 * s:g} 0"
    falling = f"M{-s:g} 0L{s:g} {2 * s:g}M{-s:g} {-s:g}L{2 * s:g} {2 * s:g}M0 {-s:g}L{2 * s:g} {s:g}"
    paths = {
        "diagonal": rising,
        "back-diagonal": falling,
        "cross": rising + falling,
        "horizontal": f"M{-s:g} {s / 2:g}L{2 * s:g} {s / 2:g}",
        "vertical": f"M{s / 2:g} {-s:g}L{s / 2:g} {2 * s:g}",
    }
    return paths.get(kind, "")


def hatch_side(hatch: Hatch) -> float:
    """Of the square that repeats."""
    is_slanted = hatch.kind in ("diagonal", "back-diagonal", "cross")
    return hatch.spacing * (math.sqrt(2) if is_slanted else 1)


def _color(entry: dict[str, Any], name: str) -> str:
    color = color_of(str(entry.get(name) or ""))
    return color.hex if color else ""


def _dashes(entry: dict[str, Any], times: float = 1) -> str:
    return " ".join(f"{float(part) * times:g}" for part in entry.get("dash") or ())


def _line(entry: dict[str, Any]) -> SafeString:
    text = '<path d="M1 13 L17 5" stroke="{}" stroke-width="3" fill="none" stroke-dasharray="{}"/>'
    return format_html(text, _color(entry, "color"), _dashes(entry, 2))


def _point(entry: dict[str, Any]) -> SafeString:
    text = '<circle cx="9" cy="9" r="6" fill="{}" stroke="#ffffff" stroke-width="1.5"/>'
    return format_html(text, _color(entry, "color"))


def _surface(entry: dict[str, Any]) -> SafeString:
    color, is_told = _color(entry, "color"), "opacity" in entry
    edge = format_html(
        'stroke="{}" stroke-width="1.5" stroke-dasharray="{}"',
        (_color(entry, "outline") or "none") if is_told else color,
        _dashes(entry) if is_told else "",
    )
    ground = format_html('<rect {} fill="{}"/>', BOX, GROUND) if is_told else mark_safe("")
    opacity = f"{float(entry.get('opacity', 0.55)):g}"
    fill = format_html('<rect {} fill="{}" fill-opacity="{}" {}/>', BOX, color, opacity, edge)
    hatch = hatch_of(str(entry.get("hatch") or ""))
    return format_html_join("", "{}", [(ground,), (fill,), (_hatched(hatch, edge) if hatch else "",)])


def _hatched(hatch: Hatch, edge: SafeString) -> SafeString:
    name = f"swatch-{next(_numbers)}"
    small = Hatch(hatch.kind, hatch.color, min(hatch.spacing, 5), min(hatch.width, 1))
    side = hatch_side(small)
    if hatch.kind == "dots":
        text = '<circle cx="{}" cy="{}" r="{}" fill="{}"/>'
        drawn = format_html(text, f"{side / 2:g}", f"{side / 2:g}", f"{small.width:g}", small.color)
    else:
        text = '<path d="{}" stroke="{}" stroke-width="{}"/>'
        drawn = format_html(text, hatch_path(hatch.kind, side), small.color, f"{small.width:g}")
    text = (
        '<pattern id="{}" width="{}" height="{}" patternUnits="userSpaceOnUse">{}</pattern>'
        '<rect {} fill="url(#{})" {}/>'
    )
    return format_html(text, name, f"{side:g}", f"{side:g}", drawn, BOX, name, edge)

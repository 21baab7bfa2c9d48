"""The signs of a legend as small SVG drawings, and which of them a map shows."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.languages import entry_in_reader_language
from layers.drawing.icons import OVERDUE, PINS
from layers.styles.colors import color_of
from layers.styles.hatch import Hatch, hatch_of
from layers.styles.looks import Look

WIDTH, HEIGHT = 24.0, 14.0
TURNS = {
    "horizontal": (0,),
    "vertical": (90,),
    "diagonal": (-45,),
    "back-diagonal": (45,),
    "cross": (45, -45),
}


@dataclass(frozen=True)
class Sign:
    label: str
    svg: SafeString


def signs(
    legend: Sequence[Mapping[str, Any]], looks: Iterable[Look] | None = None, opacity: float = 1.0
) -> list[Sign]:
    """The entries of a legend that were drawn in any of these looks; all where none can be told, or `looks` is None."""
    drawn = list(looks or ())
    known = {color for look in drawn for color in _colors(look)}
    if drawn and len(legend) == 1 and not _told(legend[0]) & known:
        legend = [_as_drawn(legend[0], drawn)]
    shown = [entry for entry in legend if _told(entry) & known]
    return [
        Sign(
            entry_in_reader_language(entry, "label"),
            swatch(_edged(entry, drawn), _look(entry, drawn), opacity),
        )
        for entry in (shown or legend)
    ]


def swatch(entry: Mapping[str, Any], look: Look | None = None, opacity: float = 1.0) -> SafeString:
    """A sign of 24 × 14 pixels. Colours are checked, so that nothing else comes into the drawing."""
    shape = str(entry.get("shape", "polygon"))
    painter = {"line": _line, "point": _point, "pin": _pin}.get(shape, _surface)
    inside = painter(entry, look, opacity)
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="swatch" width="{WIDTH:g}" height="{HEIGHT:g}"'
        f' viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true">{inside}</svg>'
    )


def _surface(entry: Mapping[str, Any], look: Look | None, opacity: float) -> str:
    hatch = look.hatch if look and look.hatch else hatch_of(_hatch_name(entry))
    solid = (look.opacity if look and look.kind == "fill" else float(entry.get("opacity", 1))) * opacity
    edge = _safe(str(entry.get("outline") or (look.outline if look else "") or "#5b6770"))
    frame = f'fill="none" stroke="{edge}" stroke-width="0.8"'
    box = f'x="0.6" y="0.6" width="{WIDTH - 1.2:g}" height="{HEIGHT - 1.2:g}"'
    if hatch is not None:
        return f"{_hatched(hatch, solid)}<rect {box} {frame}/>"
    return f'<rect {box} fill="{_color(entry)}" fill-opacity="{solid:.3g}"/><rect {box} {frame}/>'


def _hatched(hatch: Hatch, opacity: float) -> str:
    """Lines cut at the edges of the box by reckoning, as not every reader of SVG knows clips."""
    color, step = _safe(hatch.color), min(hatch.spacing, 7.0)
    if hatch.kind == "dots":
        places = [(x, y) for x in _steps(3, WIDTH - 2, step) for y in _steps(3, HEIGHT - 2, step)]
        return "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{hatch.width:.2g}" fill="{color}" fill-opacity="{opacity:.3g}"/>'
            for x, y in places
        )
    pieces = [piece for turn in TURNS[hatch.kind] for piece in _parallels(turn, step)]
    path = "".join(f"M{a:.2f} {b:.2f}L{c:.2f} {d:.2f}" for a, b, c, d in pieces)
    width = f'stroke-width="{hatch.width:.2g}" stroke-opacity="{opacity:.3g}"'
    return f'<path d="{path}" stroke="{color}" {width} fill="none"/>'


def _parallels(turn: float, step: float) -> Iterable[tuple[float, float, float, float]]:
    import shapely

    box = shapely.box(0.6, 0.6, WIDTH - 0.6, HEIGHT - 0.6)
    angle = math.radians(turn)
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    for number in range(-8, 9):
        x, y = WIDTH / 2 + across[0] * number * step, HEIGHT / 2 + across[1] * number * step
        line = shapely.LineString(
            [(x - 40 * along[0], y - 40 * along[1]), (x + 40 * along[0], y + 40 * along[1])]
        )
        cut = shapely.intersection(line, box)
        if not cut.is_empty and cut.length > 0:
            (a, b), (c, d) = shapely.get_coordinates(cut).tolist()[:2]
            yield a, b, c, d


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + number * step for number in range(int((end - start) / step) + 1)]


def _line(entry: Mapping[str, Any], look: Look | None, opacity: float) -> str:
    width = min(max(look.width if look and look.width else 2.0, 0.8), 6.0)
    dash = look.dash if look and look.dash else tuple(entry.get("dash") or ())
    parts = ",".join(f"{float(part) * width:.3g}" for part in dash)
    dashed = f' stroke-dasharray="{parts}"' if parts else ""
    solid = (look.opacity if look else float(entry.get("opacity", 1))) * opacity
    middle = HEIGHT / 2
    return (
        f'<path d="M1 {middle:g}H{WIDTH - 1:g}" stroke="{_color(entry)}" stroke-width="{width:.3g}"'
        f' stroke-opacity="{solid:.3g}" fill="none"{dashed}/>'
    )


def _point(entry: Mapping[str, Any], look: Look | None, opacity: float) -> str:
    radius = min(max(look.radius if look and look.radius else 4.5, 2.0), 6.0)
    solid = (look.opacity if look else float(entry.get("opacity", 1))) * opacity
    return (
        f'<circle cx="{WIDTH / 2:g}" cy="{HEIGHT / 2:g}" r="{radius:.3g}" fill="{_color(entry)}"'
        f' fill-opacity="{solid:.3g}" stroke="#5b6770" stroke-width="0.5"/>'
    )


def _pin(entry: Mapping[str, Any], look: Look | None, opacity: float) -> str:
    named = str(entry.get("look", ""))
    color = OVERDUE if named == "overdue" else PINS.get(named, _color(entry))
    x, y = WIDTH / 2, HEIGHT / 2 - 1.5
    tip = f'<path d="M{x - 2:g} {y + 3:g}L{x:g} {HEIGHT - 0.5:g}L{x + 2:g} {y + 3:g}Z" fill="{color}"/>'
    return f'{tip}<circle cx="{x:g}" cy="{y:g}" r="4.6" fill="{color}" fill-opacity="{opacity:.3g}"/>'


def _colors(look: Look) -> set[str]:
    named = look.hatch.name if look.hatch else ""
    icon = look.icon.split(":")
    pin = PINS.get(icon[1], "") if len(icon) > 1 and icon[0] == "pin" else ""
    overdue = OVERDUE if icon[-1] == "overdue" else ""
    return {look.color, look.outline, named, pin, overdue} - {""}


def _told(entry: Mapping[str, Any]) -> set[str]:
    return {_color(entry), _hatch_name(entry)} - {""}


def _as_drawn(entry: Mapping[str, Any], drawn: Sequence[Look]) -> Mapping[str, Any]:
    """A sign for all, in the colour that is on the map: where nobody made a legend for the look."""
    kind = KINDS.get(str(entry.get("shape")), "fill")
    look = next((look for look in drawn if look.kind == kind), drawn[0])
    shape = {"line": "line", "circle": "point"}.get(look.kind, "polygon")
    return {**entry, "color": look.color, "shape": shape}


KINDS = {"line": "line", "point": "circle"}


def _look(entry: Mapping[str, Any], drawn: Sequence[Look]) -> Look | None:
    """The look that the entry tells of, one of its own kind first."""
    wanted = _told(entry)
    found = [look for look in drawn if wanted & _colors(look)]
    kind = KINDS.get(str(entry.get("shape")), "fill")
    return next((look for look in found if look.kind == kind), found[0] if found else None)


def _edged(entry: Mapping[str, Any], drawn: Sequence[Look]) -> Mapping[str, Any]:
    """Surfaces with the line that the layer draws about them all."""
    lines = {look.color for look in drawn if look.kind == "line"}
    return {"outline": lines.pop(), **entry} if len(lines) == 1 else entry


def _hatch_name(entry: Mapping[str, Any]) -> str:
    found = hatch_of(str(entry.get("hatch") or ""))
    return found.name if found else ""


def _color(entry: Mapping[str, Any]) -> str:
    return _safe(str(entry.get("color", "")))


def _safe(text: str) -> str:
    found = color_of(text)
    return escape(found.hex) if found else "#5b6770"

"""A look compiled to MapLibre fragments (see layers/style_fragments.py), the paint of the dark map beside each."""

from collections.abc import Iterable, Iterator
from typing import Any

from layers.models import GeometryKind
from layers.styles.groups import Group, groups_of
from layers.styles.label_texts import text_field
from layers.styles.night import HALO, HATCHING, LETTERS, PALER, night_color, night_ground
from layers.styles.rules import Kinds
from layers.styles.spec import DEEPEST_ZOOM, Labels, Spec, Symbol

Fragment = dict[str, Any]
Expression = list[Any]
TYPES = {
    "fill": (["==", ["geometry-type"], "Polygon"], (GeometryKind.POLYGON,)),
    "line": (["!=", ["geometry-type"], "Point"], (GeometryKind.POLYGON, GeometryKind.LINE)),
    "circle": (["==", ["geometry-type"], "Point"], (GeometryKind.POINT,)),
}
ROUND = {"line-cap": "round", "line-join": "round"}


def fragments_of(spec: Spec, geometry_kind: str, kinds: Kinds) -> list[Fragment]:
    """What the map draws, undermost first. `kinds` are the fields that the look may read. Raises BadStyle."""
    if spec.kind == "maplibre":
        return list(spec.fragments)
    _check_field(spec, kinds)
    made = [fragment for group in groups_of(spec, kinds) for fragment in _drawn(group, geometry_kind)]
    return [*made, *_labels(spec, geometry_kind, kinds)]


def _check_field(spec: Spec, kinds: Kinds) -> None:
    from layers.styles.fields import check_field

    check_field(spec, kinds)


def _drawn(group: Group, geometry_kind: str) -> Iterator[Fragment]:
    if geometry_kind in (GeometryKind.POLYGON, GeometryKind.MIXED):
        yield from _surfaces(group, geometry_kind)
    if geometry_kind in (GeometryKind.LINE, GeometryKind.MIXED):
        yield from _lines(group, geometry_kind)
    if geometry_kind in (GeometryKind.POINT, GeometryKind.MIXED):
        yield _points(group, geometry_kind)


def _surfaces(group: Group, geometry_kind: str) -> Iterator[Fragment]:
    filled = group.numbers(lambda symbol: symbol.opacity > 0)
    if filled:
        color = group.pick(lambda symbol: symbol.color, filled)
        opacity = group.pick(lambda symbol: symbol.opacity, filled)
        paler = group.pick(lambda symbol: round(symbol.opacity * PALER, 3), filled)
        paint = {"fill-color": color, "fill-opacity": opacity}
        yield _fragment("fill", group, filled, geometry_kind, paint, {"fill-opacity": paler})
    hatched = group.numbers(lambda symbol: symbol.hatch)
    if hatched:
        name = group.pick(lambda symbol: symbol.hatch.name if symbol.hatch else "", hatched)
        night = group.pick(_night_hatch, hatched)
        yield _fragment(
            "fill", group, hatched, geometry_kind, {"fill-pattern": name}, {"fill-pattern": night}
        )
    yield from _outlines(group, geometry_kind)


def _night_hatch(symbol: Symbol) -> str:
    if symbol.hatch is None:
        return ""
    ground = night_ground(symbol.color, symbol.opacity)
    return symbol.hatch.recolored(night_color(symbol.hatch.color, HATCHING, ground)).name


def _outlines(group: Group, geometry_kind: str) -> Iterator[Fragment]:
    outlined = group.numbers(lambda symbol: symbol.outline and symbol.outline_width > 0)
    kind = GeometryKind.MIXED if geometry_kind == GeometryKind.MIXED else GeometryKind.POLYGON
    for dash in _dashes(group, outlined):
        same = frozenset(index for index in outlined if group.cases[index].symbol.dash == dash)
        color = group.pick(lambda symbol: symbol.outline or symbol.color, same)
        night = group.pick(lambda symbol: night_color(symbol.outline or symbol.color), same)
        width = group.pick(lambda symbol: symbol.outline_width, same)
        only = TYPES["fill"][0] if kind == GeometryKind.MIXED else None
        yield _line(group, same, kind, color, night, width, dash, only)


def _lines(group: Group, geometry_kind: str) -> Iterator[Fragment]:
    drawn = group.numbers(lambda symbol: symbol.opacity > 0 and symbol.size > 0)
    for dash in _dashes(group, drawn):
        same = frozenset(index for index in drawn if group.cases[index].symbol.dash == dash)
        color = group.pick(lambda symbol: symbol.color, same)
        night = group.pick(lambda symbol: night_color(symbol.color), same)
        width = group.pick(lambda symbol: symbol.size, same)
        only = ["==", ["geometry-type"], "LineString"] if geometry_kind == GeometryKind.MIXED else None
        fragment = _line(group, same, geometry_kind, color, night, width, dash, only)
        opacity = group.pick(lambda symbol: symbol.opacity, same)
        if opacity != 1:
            fragment["paint"]["line-opacity"] = opacity
        yield fragment


def _line(
    group: Group,
    numbers: frozenset[int],
    geometry_kind: str,
    color: Any,
    night: Any,
    width: Any,
    dash: tuple[float, ...],
    only: Expression | None,
) -> Fragment:
    paint = {"line-color": color, "line-width": width}
    if dash:
        paint["line-dasharray"] = list(dash)
    fragment = _fragment("line", group, numbers, geometry_kind, paint, {"line-color": night}, only)
    return fragment if dash else {**fragment, "layout": ROUND}


def _dashes(group: Group, numbers: Iterable[int]) -> list[tuple[float, ...]]:
    return list(dict.fromkeys(group.cases[index].symbol.dash for index in sorted(numbers)))


def _points(group: Group, geometry_kind: str) -> Fragment:
    paint = {
        "circle-color": group.pick(lambda symbol: symbol.color),
        "circle-opacity": group.pick(lambda symbol: symbol.opacity),
        "circle-radius": group.pick(lambda symbol: symbol.size),
        "circle-stroke-color": group.pick(lambda symbol: symbol.outline or "#ffffff"),
        "circle-stroke-width": group.pick(lambda symbol: symbol.outline_width if symbol.outline else 0),
    }
    night = {"circle-color": group.pick(lambda symbol: night_color(symbol.color))}
    return _fragment("circle", group, group.numbers(lambda symbol: True), geometry_kind, paint, night)


def _fragment(
    kind: str,
    group: Group,
    numbers: frozenset[int],
    geometry_kind: str,
    paint: dict[str, Any],
    night: dict[str, Any] | None = None,
    only: Expression | None = None,
) -> Fragment:
    """One fragment for the cases of these numbers; `only` narrows it further, to a type of geometry."""
    shape = only or (TYPES[kind][0] if geometry_kind == GeometryKind.MIXED else None)
    tests = [test for test in (shape, group.among(numbers)) if test is not None]
    fragment: Fragment = {"type": kind, "paint": paint}
    if tests:
        fragment["filter"] = tests[0] if len(tests) == 1 else ["all", *tests]
    if night and any(paint.get(name) != value for name, value in night.items()):
        fragment["metadata"] = {"night": night}
    return {**fragment, **_zooms(group.min_zoom, group.max_zoom)}


def _zooms(least: float, most: float) -> dict[str, float]:
    return {
        **({"minzoom": least} if least > 0 else {}),
        **({"maxzoom": most} if most < DEEPEST_ZOOM else {}),
    }


def _labels(spec: Spec, geometry_kind: str, kinds: Kinds) -> Iterator[Fragment]:
    if spec.labels is None:
        return
    labels = spec.labels
    layout: dict[str, Any] = {
        "text-field": text_field(labels.text, kinds),
        "text-size": labels.size,
        "text-padding": 4,
        **_placed(geometry_kind),
    }
    yield {
        "type": "symbol",
        "layout": layout,
        "paint": {"text-color": labels.color, **_halo(labels, labels.halo)},
        "metadata": {"night": {"text-color": night_color(labels.color, LETTERS), **_halo(labels, HALO)}},
        **_zooms(max(labels.min_zoom, spec.min_zoom), spec.max_zoom),
    }


def _placed(geometry_kind: str) -> dict[str, Any]:
    if geometry_kind == GeometryKind.LINE:
        return {"symbol-placement": "line", "symbol-spacing": 200, "text-max-angle": 35}
    return {"text-anchor": "top", "text-offset": [0, 0.7]} if geometry_kind == GeometryKind.POINT else {}


def _halo(labels: Labels, color: str) -> dict[str, Any]:
    return {"text-halo-color": color, "text-halo-width": 1.4} if labels.halo else {}

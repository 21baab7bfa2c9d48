"""How the layers of the demo look: MapLibre fragments, with the paint of the night map beside each."""

from typing import Any

Fragment = dict[str, Any]

INK = "#5a5348"
INK_NIGHT = "#b9b4aa"


def by_zoom(*stops: float) -> list[Any]:
    """An exponential ramp: zoom, value, zoom, value …"""
    return ["interpolate", ["exponential", 1.6], ["zoom"], *stops]


def pick(field: str, choices: dict[str, Any], other: Any) -> list[Any]:
    """A value by the text of a property."""
    pairs = [item for value, result in choices.items() for item in (value, result)]
    return ["match", ["get", field], *pairs, other]


def fill(paint: dict[str, Any], night: dict[str, Any] | None = None, **rest: Any) -> Fragment:
    return _fragment("fill", paint, night, rest)


def line(paint: dict[str, Any], night: dict[str, Any] | None = None, **rest: Any) -> Fragment:
    return _fragment("line", paint, night, {"layout": {"line-cap": "round", "line-join": "round"}, **rest})


def circle(paint: dict[str, Any], night: dict[str, Any] | None = None, **rest: Any) -> Fragment:
    return _fragment("circle", paint, night, rest)


def label(text: Any, size: Any, *, along: bool = False, ink: str = INK, **rest: Any) -> Fragment:
    layout: dict[str, Any] = {"text-field": text, "text-size": size, "text-padding": 4}
    if along:
        layout |= {"symbol-placement": "line", "symbol-spacing": 200, "text-max-angle": 35}
    layout |= rest.pop("layout", {})
    paint = {"text-color": ink, "text-halo-color": "#ffffffd9", "text-halo-width": 1.4}
    night = {"text-color": INK_NIGHT, "text-halo-color": "#15191ee6"}
    return _fragment("symbol", paint, night, {"layout": layout, **rest})


def _fragment(
    kind: str, paint: dict[str, Any], night: dict[str, Any] | None, rest: dict[str, Any]
) -> Fragment:
    fragment: Fragment = {"type": kind, "paint": paint, **rest}
    if night is not None:
        fragment["metadata"] = {"night": {**paint, **night}}
    return fragment

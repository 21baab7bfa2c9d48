"""Our reading of expressions and filters is MapLibre's own: both are asked the same."""

from typing import Any

import pytest

from layers.styles.colors import Color
from layers.styles.conditions import condition
from layers.styles.expressions import Scene, Undrawable, compiled
from tests.layers.styles.maplibre_says import maplibre_says

FEATURES: list[dict[str, Any]] = [
    {"land_use": "Κατοικία", "far": 0.8, "n": 3, "ok": True},
    {"land_use": "", "far": 0, "n": -2.5, "ok": False},
    {"land_use": "Πράσινο – άλσος", "far": "0.8", "n": 12},
    {"far": 2.4},
    {},
]
USE, FAR = ["get", "land_use"], ["get", "far"]
EXPRESSIONS: list[Any] = [
    USE,
    ["has", "far"],
    ["match", USE, ["Κατοικία", "x"], "a", "Πράσινο – άλσος", "b", "c"],
    ["match", ["get", "n"], [3, 12], 1, -2, 2, 0],
    ["case", ["<", ["to-number", FAR], 1], "low", [">=", ["to-number", FAR], 2], "high", "middle"],
    ["coalesce", ["get", "missing"], FAR, 7],
    ["step", ["to-number", FAR], "a", 0.5, "b", 0.8, "c"],
    ["interpolate", ["linear"], ["zoom"], 10, 1, 14, 5, 18, 6],
    ["interpolate", ["exponential", 1.6], ["zoom"], 11, 0.4, 16, 1.6],
    ["interpolate", ["linear"], ["to-number", FAR], 0, 0, 1.6, 10],
    ["concat", "ΣΔ ", ["to-string", FAR], "/", ["to-string", ["get", "n"]], ["to-string", ["get", "ok"]]],
    ["upcase", ["to-string", USE]],
    ["slice", ["to-string", USE], 0, 3],
    ["length", ["to-string", USE]],
    ["to-boolean", FAR],
    ["to-number", FAR, -1],
    ["number", FAR, 5],
    ["string", FAR, "none"],
    ["in", "άλσος", ["to-string", USE]],
    ["in", USE, ["literal", ["Κατοικία", "y"]]],
    ["round", ["*", ["to-number", ["get", "n"]], 1.1]],
    ["/", ["+", 1, 2, ["to-number", FAR]], ["-", 4]],
    ["%", 7, 4],
    ["^", 2, 3],
    ["max", 1, ["to-number", FAR]],
    ["min", 1, ["abs", ["to-number", ["get", "n"]]]],
    ["floor", ["sqrt", 10]],
    ["geometry-type"],
    ["at", 1, ["literal", ["a", "b"]]],
    ["all", ["has", "far"], ["==", USE, "Κατοικία"]],
    ["any", ["!", ["has", "far"]], ["!=", FAR, "0.8"]],
    ["==", FAR, 0.8],
    ["<", ["number", FAR], 1],
]
FILTERS: list[Any] = [
    ["==", "land_use", "Κατοικία"],
    ["!=", "far", 0.8],
    ["in", "land_use", "Κατοικία", ""],
    ["!in", "n", 3, 12],
    ["has", "far"],
    ["!has", "ok"],
    ["all", [">", "far", 0.5], ["==", "$type", "Polygon"]],
    ["any", ["<", "n", 0], ["has", "ok"]],
    ["none", ["has", "ok"], ["==", "land_use", ""]],
    ["in", "$type", "Point", "LineString"],
    [">=", ["get", "far"], 0.8],
    ["all", ["has", "far"], [">=", ["to-number", ["get", "far"]], 0.8]],
    ["in", ["to-string", ["get", "far"]], ["literal", ["0.8", "2.4"]]],
    ["!", ["in", ["get", "land_use"], ["literal", ["Κατοικία"]]]],
    ["==", ["geometry-type"], "Polygon"],
]
ASKED = [
    (properties, zoom, kind)
    for properties in FEATURES
    for zoom, kind in ((9, "Polygon"), (13.3, "LineString"), (20, "Point"))
]


def scene_of(properties: dict[str, Any], zoom: float, kind: str) -> Scene:
    return Scene(properties, kind, zoom)


def test_values_are_those_of_maplibre() -> None:
    pairs = [(expression, asked) for expression in EXPRESSIONS for asked in ASKED]
    values = [
        {"expression": expression, "properties": properties, "zoom": zoom, "type": kind}
        for expression, (properties, zoom, kind) in pairs
    ]
    answers = maplibre_says(values=values)["values"]
    assert not [answer for answer in answers if "refused" in answer]
    for (expression, asked), answer in zip(pairs, answers, strict=True):
        assert _ours(expression, asked) == _near(answer), (expression, asked)


def _near(answer: dict[str, Any]) -> Any:
    if "failed" in answer:
        return "failed"
    value = answer.get("value")
    return pytest.approx(value) if isinstance(value, float) else value


def _ours(expression: Any, asked: tuple[dict[str, Any], float, str]) -> Any:
    try:
        value = compiled(expression)(scene_of(*asked))
    except Undrawable:
        return "failed"
    return value.hex if isinstance(value, Color) else value


def test_filters_of_both_forms_hold_where_they_do_in_maplibre() -> None:
    pairs = [(given, asked) for given in FILTERS for asked in ASKED]
    filters = [
        {"filter": given, "properties": properties, "zoom": zoom, "type": kind}
        for given, (properties, zoom, kind) in pairs
    ]
    answers = maplibre_says(filters=filters)["filters"]
    ours = [condition(given, "")(scene_of(*asked)) for given, asked in pairs]
    wrong = [pair for pair, one, two in zip(pairs, ours, answers, strict=True) if one is not two]
    assert wrong == []
    assert set(answers) == {True, False}

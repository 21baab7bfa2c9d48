"""Looks drawn outside the browser are those that MapLibre draws."""

from typing import Any

import pytest

from gisportal.demo.catalogue import LAYERS
from layers.sources import offered_sources
from layers.styles.hatch import Hatch, hatch_of
from layers.styles.looks import Look, Looks, check_style, looks_of
from layers.styles.problems import BadStyle
from tests.factories import Town
from tests.permissions.doors import Who
from tests.permissions.world import build_world

ZONE = {"land_use": "Κατοικία", "far": 0.8, "name": "Ζώνη Α", "name_en": "Zone A", "blank": None}


def fill(**paint: Any) -> dict[str, Any]:
    return {"type": "fill", "paint": {f"fill-{name}": value for name, value in paint.items()}}


def only(fragment: dict[str, Any], zoom: float = 14, geometry: str = "Polygon", language: str = "el") -> Look:
    (look,) = looks_of([fragment], ZONE, geometry, zoom, language)
    return look


def width_of(expression: Any, zoom: float = 14, **properties: Any) -> float:
    fragment = {"type": "line", "paint": {"line-width": expression}}
    (look,) = looks_of([fragment], {**ZONE, **properties}, "LineString", zoom, "el")
    return look.width


def is_drawn(condition: Any, **properties: Any) -> bool:
    fragment = {**fill(color="#000000"), "filter": condition}
    check_style([fragment])
    return bool(looks_of([fragment], {**ZONE, **properties}, "MultiPolygon", 14, "el"))


def test_constants() -> None:
    look = only(fill(color="#F6d7a7", opacity=0.5, **{"outline-color": "rgba(0, 10, 255, 0.5)"}))
    assert (look.color, look.opacity) == ("#f6d7a7", 0.5)
    assert (look.outline, look.outline_opacity) == ("#000aff", 0.25)


@pytest.mark.parametrize(
    ("written", "color", "opacity"),
    [
        ("#abc", "#aabbcc", 1),
        ("#ffffff80", "#ffffff", 128 / 255),
        ("rgb(1, 2, 3)", "#010203", 1),
        ("rgba(1,2,3,25%)", "#010203", 0.25),
        ("hsl(120, 100%, 50%)", "#00ff00", 1),
        ("rebeccapurple", "#663399", 1),
        ("transparent", "#000000", 0),
    ],
)
def test_colours_as_css_writes_them(written: str, color: str, opacity: float) -> None:
    look = only(fill(color=written))
    assert look.color == color
    assert look.opacity == pytest.approx(opacity)


def test_match_and_case_and_coalesce() -> None:
    by_use = ["match", ["get", "land_use"], ["Πράσινο", "Άλσος"], "#00ff00", "Κατοικία", "#ff0000", "#cccccc"]
    assert only(fill(color=by_use)).color == "#ff0000"
    by_far = ["case", ["<", ["get", "far"], 0.4], "#111111", ["<", ["get", "far"], 1.2], "#222222", "#333333"]
    assert only(fill(color=by_far)).color == "#222222"
    first = ["coalesce", ["get", "missing"], ["get", "blank"], "#444444"]
    assert only(fill(color=first)).color == "#444444"


def test_match_tells_numbers_from_texts() -> None:
    assert width_of(["match", ["get", "n"], 1, 10, "1", 20, 30], n=1) == 10
    assert width_of(["match", ["get", "n"], 1, 10, "1", 20, 30], n=1.0) == 10
    assert width_of(["match", ["get", "n"], 1, 10, "1", 20, 30], n="1") == 20
    assert width_of(["match", ["get", "n"], 1, 10, "1", 20, 30], n=True) == 30


@pytest.mark.parametrize(("zoom", "width"), [(9, 1), (10, 1), (12, 3), (14, 5), (20, 5)])
def test_linear_ramp(zoom: float, width: float) -> None:
    assert width_of(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 5], zoom) == pytest.approx(width)


def test_exponential_ramp_and_steps() -> None:
    ramp = ["interpolate", ["exponential", 2], ["zoom"], 10, 0, 12, 3]
    assert width_of(ramp, 11) == pytest.approx(1.0)
    steps = ["step", ["get", "far"], 1, 0.5, 2, 0.8, 3]
    assert [width_of(steps, far=far) for far in (0.4, 0.5, 0.8, 9)] == [1, 2, 3, 3]


def test_colours_are_mixed_along_a_ramp() -> None:
    ramp = ["interpolate", ["linear"], ["get", "far"], 0, "#000000", 1.6, "#ffffff"]
    assert only(fill(color=ramp)).color == "#808080"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (["+", 1, ["*", 2, 3]], 7),
        (["/", ["-", 10, 4], 2], 3),
        (["^", 2, ["%", 7, 4]], 8),
        (["round", ["min", 2.5, 9]], 3),
        (["+", ["to-number", ["get", "blank"], 4], 1], 1),
        (["to-number", ["get", "land_use"], "5"], 5),
        (["length", ["get", "land_use"]], 8),
        (["at", 1, ["literal", [4, 6]]], 6),
        (["number", ["get", "land_use"], ["get", "far"]], 0.8),
    ],
)
def test_numbers(expression: Any, value: float) -> None:
    assert width_of(expression) == pytest.approx(value)


def test_what_maplibre_fails_on_is_drawn_with_the_default() -> None:
    assert width_of(["get", "land_use"]) == 1.0
    assert width_of(["/", 1, 0]) == 1.0
    assert only(fill(color=["get", "land_use"])).color == "#000000"


@pytest.mark.parametrize(
    ("condition", "drawn"),
    [
        (["==", ["get", "land_use"], "Κατοικία"], True),
        (["==", ["get", "far"], "0.8"], False),
        (["all", [">=", ["get", "far"], 0.8], ["!", ["has", "missing"]]], True),
        (["any", ["<", ["get", "far"], 0.1], ["in", "κατ", ["downcase", ["get", "land_use"]]]], True),
        (["in", ["get", "land_use"], ["literal", ["Πράσινο", "Κατοικία"]]], True),
        (["==", ["geometry-type"], "Polygon"], True),
        (["<", ["get", "land_use"], 3], False),
        (["==", "land_use", "Κατοικία"], True),
        (["!in", "land_use", "Πράσινο", "Κατοικία"], False),
        (["all", ["==", "$type", "Polygon"], [">", "far", 0.5]], True),
        (["none", ["has", "land_use"]], False),
        (["!has", "missing"], True),
        (["none", ["==", "land_use", "Πράσινο"]], True),
        (True, True),
        (None, True),
    ],
)
def test_filters_of_both_forms(condition: Any, drawn: bool) -> None:
    assert is_drawn(condition) is drawn


def test_zooms_and_geometry_decide_what_is_drawn() -> None:
    line = {"type": "line", "minzoom": 13, "maxzoom": 15}
    assert not looks_of([line], {}, "LineString", 12.9, "el")
    assert looks_of([line], {}, "MULTILINESTRING", 13, "el")
    assert not looks_of([line], {}, "LineString", 15, "el")
    assert not looks_of([line, fill(color="red")], {}, "Point", 14, "el")
    assert [look.kind for look in looks_of([fill(color="red"), line], {}, "Polygon", 14, "el")] == [
        "fill",
        "line",
    ]


def test_labels() -> None:
    label = {
        "type": "symbol",
        "layout": {"text-field": ["concat", "ΣΔ ", ["get", "far"]], "text-size": 10, "text-offset": [0, 1.5]},
        "paint": {"text-color": "#4a3323", "text-halo-color": "#ffffff80", "text-halo-width": 1.4},
    }  # fmt: skip
    look = only(label)
    assert (look.kind, look.text, look.size, look.offset) == ("text", "ΣΔ 0.8", 10, (0, 15))
    assert (look.halo, look.halo_width) == ("#ffffff", 1.4)
    assert look.halo_opacity == pytest.approx(128 / 255)
    assert only({"type": "symbol", "layout": {"text-field": "{land_use}!"}}).text == "Κατοικία!"
    assert not looks_of(
        [{"type": "symbol", "layout": {"text-field": ["get", "blank"]}}], ZONE, "Point", 14, "el"
    )


def test_names_are_said_in_the_readers_language() -> None:
    name = {"type": "symbol", "layout": {"text-field": ["get", "name"]}}
    assert (only(name, language="el").text, only(name, language="en").text) == ("Ζώνη Α", "Zone A")


def test_hatching_takes_the_place_of_the_fill() -> None:
    look = only(fill(pattern="hatch:back-diagonal:#8C3A6B:6", opacity=0.8))
    assert (look.hatch, look.opacity) == (Hatch("back-diagonal", "#8c3a6b", 6), 0.8)
    assert not looks_of([fill(pattern="photo")], ZONE, "Polygon", 14, "el")
    assert hatch_of("hatch:dots:#000000:0.1") is None
    thick = Hatch("cross", "#001122", 7.5, 2)
    assert hatch_of(thick.name) == thick


def test_night_paint() -> None:
    fragment = {**fill(color="#ffffff", opacity=0.5), "metadata": {"night": {"fill-color": "#101010"}}}
    (look,) = Looks([fragment], night=True).of({}, "Polygon", 14)
    assert (look.color, look.opacity) == ("#101010", 0.5)


@pytest.mark.parametrize(
    ("fragment", "place"),
    [
        (fill(color=["pow", 1, 2]), "[1].fill-color"),
        (fill(color=["match", ["get", "a"], "x", ["foo"], "#000"]), "[1].fill-color[3]"),
        (fill(color="bleu"), "[1].fill-color"),
        (fill(opacity="half"), "[1].fill-opacity"),
        (fill(opacity=["interpolate", ["linear"], ["zoom"], 12, 1, 11, 2]), "[1].fill-opacity"),
        ({"type": "heatmap"}, "[1].type"),
        ({**fill(color="red"), "filter": ["within", {}]}, "[1].filter"),
        ({**fill(color="red"), "minzoom": "5"}, "[1].minzoom"),
        ({"type": "fill", "metadata": {"night": {"fill-color": "?"}}}, "[1].metadata.night.fill-color"),
        ("fill", "[1]"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(fragment: Any, place: str) -> None:
    with pytest.raises(BadStyle) as refusal:
        check_style([fill(color="red"), fragment])
    assert refusal.value.place == place


def test_what_cannot_be_drawn_is_left_out_quietly() -> None:
    style = [fill(color=["javascript", "alert(1)"]), fill(color="red")]
    assert [look.color for look in looks_of(style, ZONE, "Polygon", 14, "el")] == ["#ff0000"]


@pytest.mark.parametrize(
    "hostile", ["'; DROP TABLE x; --", "</script><b>", "__class__", "%s{0.__class__}", "\x00"]
)
def test_hostile_strings_are_only_text(hostile: str) -> None:
    label = {
        "type": "symbol",
        "layout": {"text-field": ["concat", ["get", hostile], ["get", "land_use"], hostile]},
    }
    (look,) = looks_of([label], {"land_use": hostile}, "Point", 14, "el")
    assert look.text == hostile * 2
    with pytest.raises(BadStyle):
        check_style([fill(color=[hostile, 1])])
    with pytest.raises(BadStyle):
        check_style([fill(color=hostile)])


def test_deep_nesting_is_refused() -> None:
    deep: Any = 1
    for _ in range(500):
        deep = ["+", deep]
    with pytest.raises(BadStyle):
        check_style([{"type": "line", "paint": {"line-width": deep}}])


@pytest.mark.django_db
def test_everything_that_the_portal_offers_can_be_drawn_outside_the_browser(town: Town) -> None:
    world = build_world(town)
    offered = list(offered_sources(world.people[Who.DORA]))
    assert len(offered) > 3
    for source in offered:
        check_style(source.style)
    for row in LAYERS:
        check_style(row.style)

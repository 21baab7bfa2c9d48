"""A look goes through JSON and comes out the same; what is wrong is named with its place."""

import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.styles.hatch import KINDS, Hatch
from layers.styles.palettes import RAMPS, ramp_colors
from layers.styles.problems import BadStyle
from layers.styles.spec import METHODS, Case, Labels, Spec, Symbol, spec_of
from layers.styles.writing import as_json

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SIZES = st.floats(0.5, 20).map(lambda value: round(value, 2))
HATCHES = st.builds(
    Hatch,
    kind=st.sampled_from(sorted(KINDS)),
    color=COLORS,
    spacing=st.integers(4, 60),
    width=st.floats(0.5, 2),
)
SYMBOLS = st.builds(
    Symbol,
    color=COLORS,
    opacity=st.floats(0, 1),
    size=SIZES,
    outline=COLORS | st.just(""),
    outline_width=SIZES,
    dash=st.lists(SIZES, max_size=4).map(tuple),
    hatch=st.none() | HATCHES,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
CASES = st.builds(Case, symbol=SYMBOLS, label=TEXTS, label_en=TEXTS, value=TEXTS, min_zoom=st.integers(0, 12))
SPECS = st.builds(
    Spec,
    kind=st.just("category"),
    field=st.just("land_use"),
    cases=st.lists(CASES, min_size=1, max_size=5, unique_by=lambda case: case.value).map(tuple),
    other=st.none() | CASES,
    method=st.sampled_from(sorted(METHODS)),
    ramp=st.sampled_from(sorted(RAMPS)),
    labels=st.none() | st.builds(Labels, text=st.just("{name}"), size=st.integers(6, 40), color=COLORS),
    max_zoom=st.integers(13, 24),
)


@settings(deadline=None)
@given(SPECS)
def test_every_look_comes_back_from_json(spec: Spec) -> None:
    assert spec_of(json.loads(json.dumps(as_json(spec)))) == spec


def test_what_is_as_usual_is_left_out() -> None:
    spec = Spec("single", cases=(Case(Symbol(color="#ff0000")),))
    assert as_json(spec) == {"kind": "single", "cases": [{"symbol": {"color": "#ff0000"}}]}


def test_fragments_of_maplibre_are_kept_as_they_are() -> None:
    fragments = [{"type": "line", "paint": {"line-color": ["get", "color"]}}]
    legend = [{"label": "Γραμμή", "label_en": "Line", "color": "#000000", "shape": "line"}]
    spec = spec_of({"kind": "maplibre", "fragments": fragments, "legend": legend})
    assert as_json(spec) == {"kind": "maplibre", "fragments": fragments, "legend": legend}


ONE: dict[str, Any] = {"symbol": {}}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("red", ""),
        ({"kind": "heat"}, "kind"),
        ({"kind": "single", "cases": []}, "cases"),
        ({"kind": "single", "cases": [ONE, ONE]}, "cases"),
        ({"kind": "single", "cases": [{"symbol": {"color": "rot"}}]}, "cases[0].symbol.color"),
        ({"kind": "single", "cases": [{"symbol": {"opacity": 2}}]}, "cases[0].symbol.opacity"),
        ({"kind": "single", "cases": [{"symbol": {"opacity": float("nan")}}]}, "cases[0].symbol.opacity"),
        ({"kind": "single", "cases": [{"symbol": {"glow": 2}}]}, "cases[0].symbol.glow"),
        ({"kind": "single", "cases": [{"symbol": {"hatch": {"kind": "wavy"}}}]}, "cases[0].symbol.hatch.kind"),
        ({"kind": "single", "cases": [{"symbol": {"dash": "4 2"}}]}, "cases[0].symbol.dash"),
        ({"kind": "single", "cases": [{"min_zoom": 15, "max_zoom": 15, **ONE}]}, "cases[0].max_zoom"),
        ({"kind": "single", "cases": [ONE], "labels": {"text": " "}}, "labels.text"),
        ({"kind": "category", "cases": [ONE]}, "field"),
        ({"kind": "category", "field": "a", "cases": [ONE, ONE]}, "cases"),
        ({"kind": "category", "field": "a", "cases": [ONE] * 61}, "cases"),
        ({"kind": "category", "field": "a\x00", "cases": [ONE]}, "field"),
        ({"kind": "class", "field": "a", "cases": [ONE, ONE], "breaks": []}, "breaks"),
        ({"kind": "class", "field": "a", "cases": [ONE, ONE, ONE], "breaks": [2, 1]}, "breaks"),
        ({"kind": "class", "field": "a", "cases": [ONE], "ramp": "jet"}, "ramp"),
        ({"kind": "rule", "cases": [ONE]}, "cases[0].condition"),
        ({"kind": "maplibre", "fragments": [{"type": "fill", "paint": {"fill-color": ["?"]}}]}, "[0].fill-color"),
        ({"kind": "single", "cases": [ONE], "script": 1}, "script"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(given: Any, place: str) -> None:
    with pytest.raises(BadStyle) as refusal, translation.override("en"):
        spec_of(given)
    assert refusal.value.place == place
    with translation.override("en"):
        words = str(refusal.value)
    assert words.startswith(f"At {place or 'style'}: ")


def test_ramps_go_from_end_to_end() -> None:
    assert ramp_colors("viridis", 5) == list(RAMPS["viridis"][1])
    assert ramp_colors("blues", 2) == ["#eff3ff", "#08519c"]
    assert len(set(ramp_colors("cividis", 9))) == 9
    assert ramp_colors("viridis", 1) == ["#21918c"]

"""What a look compiles to is what MapLibre accepts, and draws each feature as the look says."""

from typing import Any

import pytest
from django.utils import translation

from layers.exports.fields import Kind
from layers.styles.colors import color_of
from layers.styles.hatch import Hatch
from layers.styles.legend import legend_of
from layers.styles.looks import Look, Looks, check_style
from layers.styles.maplibre import fragments_of
from layers.styles.night import DARK_LAND, contrast_of
from layers.styles.problems import BadStyle
from layers.styles.spec import Case, Labels, Spec, Symbol
from tests.layers.styles.maplibre_says import problems_of

KINDS = {"land_use": Kind.TEXT, "far": Kind.NUMBER, "floors": Kind.WHOLE, "name": Kind.TEXT, "listed": Kind.TRUTH,
         "in_force": Kind.DAY}  # fmt: skip
RED, GREEN = Symbol(color="#ff0000", outline="#660000"), Symbol(color="#00ff00", opacity=0.25)
HATCHED = Symbol(
    color="#0000ff", opacity=0, hatch=Hatch("cross", "#112233", 6), outline="#112233", dash=(3, 2)
)
BY_USE = Spec(
    "category",
    field="land_use",
    cases=(Case(RED, value="Κατοικία"), Case(GREEN, value="Πράσινο"), Case(HATCHED, value='it\'s "0"')),
    other=Case(Symbol(color="#cccccc"), label="Λοιπά", label_en="Other"),
)
BY_FAR = Spec(
    "class",
    field="far",
    breaks=(0.4, 1.2),
    cases=tuple(Case(Symbol(color=color)) for color in ("#000001", "#000002", "#000003")),
)


def drawn(spec: Spec, geometry: str = "polygon", zoom: float = 15, **properties: Any) -> list[Look]:
    fragments = fragments_of(spec, geometry, KINDS)
    check_style(fragments)
    shape = {"polygon": "Polygon", "line": "LineString", "point": "Point"}[geometry]
    return Looks(fragments).of(properties, shape, zoom)


@pytest.mark.parametrize("spec", [BY_USE, BY_FAR])
@pytest.mark.parametrize("geometry", ["polygon", "line", "point", "mixed"])
def test_maplibre_accepts_what_is_compiled(spec: Spec, geometry: str) -> None:
    labelled = Spec(**{**vars(spec), "labels": Labels("{name}, ΣΔ {far}"), "min_zoom": 10})
    fragments = fragments_of(labelled, geometry, KINDS)
    assert len(fragments) >= 2
    assert problems_of(fragments) == []
    night = [
        {**one, "paint": {**one["paint"], **one.get("metadata", {}).get("night", {})}} for one in fragments
    ]
    assert problems_of(night) == []


def test_categories() -> None:
    fill, line = drawn(BY_USE, land_use="Κατοικία")
    assert (fill.color, fill.opacity, line.color) == ("#ff0000", 0.5, "#660000")
    (green,) = drawn(BY_USE, land_use="Πράσινο")
    assert (green.color, green.opacity) == ("#00ff00", 0.25)
    for other in ({"land_use": "Άλλο"}, {"land_use": None}, {}):
        (grey,) = drawn(BY_USE, **other)
        assert grey.color == "#cccccc"


def test_hatching_without_fill_and_a_dashed_outline() -> None:
    hatch, line = drawn(BY_USE, land_use='it\'s "0"')
    assert hatch.hatch == Hatch("cross", "#112233", 6)
    assert (line.dash, line.color) == ((3, 2), "#112233")


def test_without_others_the_rest_is_not_drawn() -> None:
    spec = Spec(**{**vars(BY_USE), "other": None})
    assert drawn(spec, land_use="Άλλο") == []
    assert len(drawn(spec, land_use="Πράσινο")) == 1


def test_numbers_as_categories() -> None:
    spec = Spec("category", field="floors", cases=(Case(RED, value="2"), Case(GREEN, value="10")))
    assert drawn(spec, floors=10)[0].color == "#00ff00"
    assert drawn(spec, floors=2.0)[0].color == "#ff0000"
    assert drawn(spec, floors=1) == []


@pytest.mark.parametrize(("far", "color"), [(0, 1), (0.39, 1), (0.4, 2), (1.19, 2), (1.2, 3), (9, 3)])
def test_classes_begin_at_their_bound(far: float, color: int) -> None:
    (fill,) = drawn(BY_FAR, far=far)
    assert fill.color == f"#00000{color}"


def test_what_holds_no_number_is_in_no_class() -> None:
    assert drawn(BY_FAR) == []
    with_other = Spec(**{**vars(BY_FAR), "other": Case(Symbol(color="#999999"))})
    assert drawn(with_other)[0].color == "#999999"
    assert drawn(with_other, far=0.1)[0].color == "#000001"


def rule(condition: str, **properties: Any) -> bool:
    spec = Spec("rule", cases=(Case(RED, condition=condition),))
    assert problems_of(fragments_of(spec, "polygon", KINDS)) == []
    return bool(drawn(spec, **properties))


@pytest.mark.parametrize(
    ("condition", "properties", "holds"),
    [
        ("far > 0.8", {"far": 0.9}, True),
        ("far > 0.8", {}, False),
        ("0.8 < far", {"far": 0.9}, True),
        ("NOT (far > 0.8)", {"far": 0.8}, True),
        ("NOT (far > 0.8)", {}, False),
        ("far BETWEEN 0.4 AND 0.8", {"far": 0.8}, True),
        ("land_use IN ('α', 'β''γ')", {"land_use": "β'γ"}, True),
        ("land_use = 'α' OR floors >= 3", {"floors": 3}, True),
        ("land_use = 'α' AND floors >= 3", {"floors": 3}, False),
        ("land_use <> 'α'", {"land_use": "β"}, True),
        ("land_use <> 'α'", {}, False),
        ("land_use IS NULL", {}, True),
        ("land_use IS NOT NULL", {"land_use": ""}, True),
        ("land_use LIKE 'Κατ%'", {"land_use": "Κατοικία"}, True),
        ("land_use LIKE '%κία'", {"land_use": "Κατοικία"}, True),
        ("land_use LIKE '%οικ%'", {"land_use": "Κατοικία"}, True),
        ("land_use LIKE '%κία'", {"land_use": "κία "}, False),
        ("listed = TRUE", {"listed": True}, True),
        ("in_force > DATE('2019-01-01')", {"in_force": "2024-02-14"}, True),
    ],
)
def test_rules(condition: str, properties: dict[str, Any], holds: bool) -> None:
    assert rule(condition, **properties) is holds


@pytest.mark.parametrize(
    "condition",
    ["far >", "height > 3", "far = 'a'", "land_use = 3", "S_INTERSECTS(geom, POINT(0 0))", "far", "land_use LIKE 'a_c'",
     "far = far", "CASEI(land_use) = 'α'"],
)  # fmt: skip
def test_rules_that_cannot_be_are_refused_with_their_place(condition: str) -> None:
    spec = Spec("rule", cases=(Case(RED, condition="far > 0"), Case(RED, condition=condition)))
    with pytest.raises(BadStyle) as refusal:
        fragments_of(spec, "polygon", KINDS)
    assert refusal.value.place == "cases[1].condition"


def test_every_rule_that_holds_is_drawn_and_the_rest_where_none_does() -> None:
    spec = Spec(
        "rule",
        cases=(
            Case(GREEN, condition="far > 0"),
            Case(HATCHED, condition="far > 1", min_zoom=14, max_zoom=16),
        ),
        other=Case(Symbol(color="#999999")),
    )
    assert [look.kind for look in drawn(spec, far=2)] == ["fill", "fill", "line"]
    assert [look.kind for look in drawn(spec, zoom=13, far=2)] == ["fill"]
    assert [look.color for look in drawn(spec, far=0)] == ["#999999"]


def test_labels_hold_fields_and_texts() -> None:
    spec = Spec("single", cases=(Case(RED),), labels=Labels("{name}, ΣΔ {far}", min_zoom=15))
    *_, label = drawn(spec, name="Ζώνη <b>Α</b>", far=0.8)
    assert label.text == "Ζώνη <b>Α</b>, ΣΔ 0.8"
    assert not [look for look in drawn(spec, zoom=14) if look.kind == "text"]


@pytest.mark.parametrize("text", ["{height}", "{name", "name}", "{}", "{name}{{far}}"])
def test_labels_with_unknown_fields_are_refused(text: str) -> None:
    with pytest.raises(BadStyle) as refusal:
        fragments_of(Spec("single", cases=(Case(RED),), labels=Labels(text)), "polygon", KINDS)
    assert refusal.value.place == "labels.text"


@pytest.mark.parametrize(("kind", "field"), [("category", "nothing"), ("class", "land_use")])
def test_the_field_that_decides_must_be_there_and_fit(kind: str, field: str) -> None:
    with pytest.raises(BadStyle) as refusal:
        fragments_of(Spec(kind, field=field, cases=(Case(RED),)), "polygon", KINDS)
    assert refusal.value.place == "field"


def test_dark_lines_are_lighter_at_night() -> None:
    fragments = fragments_of(
        Spec("single", cases=(Case(Symbol(color="#f6d7a7", outline="#3a2a10")),)), "polygon", KINDS
    )
    fill, line = Looks(fragments, night=True).of({}, "Polygon", 15)
    assert fill.color == "#f6d7a7"
    night = color_of(line.color)
    assert night
    assert 3 <= contrast_of(night, DARK_LAND) < 3.5


def test_the_legend_has_an_entry_a_case_in_both_languages() -> None:
    with translation.override("el"):
        entries = legend_of(BY_USE, "polygon", "Ζώνες", "Zones")
        classes = legend_of(BY_FAR, "polygon", "Ζώνες", "Zones")
    assert [entry["label"] for entry in entries] == ["Κατοικία", "Πράσινο", 'it\'s "0"', "Λοιπά"]
    assert entries[2]["hatch"] == "hatch:cross:#112233:6"
    assert entries[0]["outline"] == "#660000"
    assert [entry["label_en"] for entry in classes] == ["less than 0.4", "0.4 to 1.2", "1.2 and more"]
    assert "0,4" in classes[0]["label"]

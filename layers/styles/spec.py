"""A look as a planner makes it: one symbol, by category, by class, by rule, or MapLibre's own language.

`spec_of` reads what LayerStyle.spec keeps and `as_json` writes it; both ways nothing is lost.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from layers.styles.hatch import KINDS, LEAST_SPACING, MOST_SPACING, Hatch
from layers.styles.looks import check_style
from layers.styles.palettes import RAMPS
from layers.styles.reading import Part

#: The kinds of looks with their names for people.
SPEC_KINDS = {
    "single": _lazy("one symbol for all"),
    "category": _lazy("by category"),
    "class": _lazy("by class of a number"),
    "rule": _lazy("by rules"),
    "maplibre": _lazy("written as MapLibre layers"),
}
METHODS = {
    "quantile": _lazy("as many in each class"),
    "equal": _lazy("equal steps"),
    "natural": _lazy("natural breaks"),
    "by_hand": _lazy("by hand"),
}
#: Beside the spec stands what tiles need to know of it (layers/styles/seen.py); it is made from the rest.
SEEN = "seen"
MOST_CASES, MOST_CLASSES, DEEPEST_ZOOM = 60, 12, 24.0


@dataclass(frozen=True)
class Symbol:
    """How one thing is drawn; colours `#rrggbb`, sizes in CSS pixels. `size` is the width of a line or the radius of
    a point; `outline` is that of a surface or point, blank for none; `dash` in widths of the line."""

    color: str = "#0054ba"
    opacity: float = 0.5
    size: float = 3.0
    outline: str = ""
    outline_width: float = 1.0
    dash: tuple[float, ...] = ()
    hatch: Hatch | None = None


@dataclass(frozen=True)
class Case:
    """A symbol, when it is drawn (by its `value`, or while `condition` in CQL2 holds), and what the legend calls it."""

    symbol: Symbol
    label: str = ""
    label_en: str = ""
    value: str = ""
    condition: str = ""
    min_zoom: float = 0.0
    max_zoom: float = DEEPEST_ZOOM


@dataclass(frozen=True)
class Labels:
    """`text` names fields in braces: `{name}, ΣΔ {far}`."""

    text: str
    size: float = 12.0
    color: str = "#3d382f"
    halo: str = "#ffffff"
    min_zoom: float = 14.0


@dataclass(frozen=True)
class Spec:
    """`cases` are the one symbol, the categories, the classes (one more than `breaks`, from below) or the rules;
    `other` is drawn where none holds. `fragments` and `legend` are only of the kind maplibre."""

    kind: str = "single"
    cases: tuple[Case, ...] = ()
    other: Case | None = None
    field: str = ""
    method: str = "quantile"
    ramp: str = "viridis"
    breaks: tuple[float, ...] = ()
    labels: Labels | None = None
    min_zoom: float = 0.0
    max_zoom: float = DEEPEST_ZOOM
    fragments: tuple[dict[str, Any], ...] = ()
    legend: tuple[dict[str, Any], ...] = ()


def spec_of(given: Any) -> Spec:
    """Raises BadStyle, which names the place."""
    part = Part(given, "")
    kind = part.of("kind").choice(tuple(SPEC_KINDS))
    if kind == "maplibre":
        return _of_maplibre(part)
    part.only(
        *("kind", "cases", "other", "field", "method", "ramp", "breaks", "labels", "min_zoom", "max_zoom"),
        SEEN,
    )
    least, most = _zooms(part)
    other, labels = part.of("other"), part.of("labels")
    spec = Spec(
        kind=kind,
        cases=tuple(_case(one) for one in part.of("cases").items(MOST_CASES)),
        other=None if other.value is None else _case(other),
        field=part.of("field").text(longest=100),
        method=part.of("method").choice(tuple(METHODS), "quantile"),
        ramp=part.of("ramp").choice(tuple(RAMPS), "viridis"),
        breaks=_breaks(part.of("breaks")),
        labels=None if labels.value is None else _labels(labels),
        min_zoom=least,
        max_zoom=most,
    )
    _check_kind(spec, part)
    return spec


def _of_maplibre(part: Part) -> Spec:
    part.only("kind", "fragments", "legend", SEEN)
    check_style(part.of("fragments").value)
    return Spec(
        kind="maplibre",
        fragments=tuple(part.of("fragments").value),
        legend=tuple(_legend_entry(one) for one in part.of("legend").items(MOST_CASES)),
    )


def _legend_entry(part: Part) -> dict[str, Any]:
    part.of("label").text()
    part.of("label_en").text()
    part.of("color").color("#000000")
    return dict(part.value)


def _check_kind(spec: Spec, part: Part) -> None:
    if spec.kind in ("category", "class") and not spec.field:
        raise part.of("field").wrong(_("Choose the field that decides."))
    if not spec.cases and spec.other is None:
        raise part.of("cases").wrong(_("There is nothing to draw yet. Add at least one symbol."))
    if spec.kind == "single" and len(spec.cases) != 1:
        raise part.of("cases").wrong(_("One symbol for all is exactly one."))
    if spec.kind == "class" and len(spec.cases) != len(spec.breaks) + 1:
        raise part.of("breaks").wrong(
            _("There is one bound between two classes each: one fewer than classes.")
        )
    values = [case.value for case in spec.cases]
    if spec.kind == "category" and len(set(values)) < len(values):
        raise part.of("cases").wrong(_("A value stands in the list twice."))
    for index, case in enumerate(spec.cases):
        if spec.kind == "rule" and not case.condition.strip():
            raise Part("", f"cases[{index}].condition").wrong(_("Say when this rule holds."))


def _breaks(part: Part) -> tuple[float, ...]:
    breaks = tuple(float(one.number(0, -1e15, 1e15)) for one in part.items(MOST_CLASSES - 1))
    if any(one >= two for one, two in pairwise(breaks)):
        raise part.wrong(_("The bounds of classes must rise."))
    return breaks


def _case(part: Part) -> Case:
    part.only("symbol", "label", "label_en", "value", "condition", "min_zoom", "max_zoom")
    least, most = _zooms(part)
    return Case(
        symbol=_symbol(part.of("symbol")),
        label=part.of("label").text(),
        label_en=part.of("label_en").text(),
        value=part.of("value").text(),
        condition=part.of("condition").text(longest=2000),
        min_zoom=least,
        max_zoom=most,
    )


def _symbol(part: Part) -> Symbol:
    part.only("color", "opacity", "size", "outline", "outline_width", "dash", "hatch")
    hatch = part.of("hatch")
    return Symbol(
        color=part.of("color").color(Symbol.color),
        opacity=part.of("opacity").number(Symbol.opacity, 0, 1),
        size=part.of("size").number(Symbol.size, 0, 60),
        outline=part.of("outline").color("", may_be_blank=True),
        outline_width=part.of("outline_width").number(Symbol.outline_width, 0, 20),
        dash=tuple(one.number(1, 0, 100) for one in part.of("dash").items(8)),
        hatch=None if hatch.value is None else _hatch(hatch),
    )


def _hatch(part: Part) -> Hatch:
    part.only("kind", "color", "spacing", "width")
    spacing = part.of("spacing").number(Hatch.spacing, LEAST_SPACING, MOST_SPACING)
    return Hatch(
        kind=part.of("kind").choice(tuple(KINDS)),
        color=part.of("color").color("#000000"),
        spacing=spacing,
        width=part.of("width").number(min(Hatch.width, spacing / 2), 0.2, spacing / 2),
    )


def _labels(part: Part) -> Labels:
    part.only("text", "size", "color", "halo", "min_zoom")
    text = part.of("text").text()
    if not text.strip():
        raise part.of("text").wrong(_("Say what is written, with fields in braces: {name}."))
    return Labels(
        text=text,
        size=part.of("size").number(Labels.size, 6, 48),
        color=part.of("color").color(Labels.color),
        halo=part.of("halo").color(Labels.halo, may_be_blank=True),
        min_zoom=part.of("min_zoom").number(Labels.min_zoom, 0, DEEPEST_ZOOM),
    )


def _zooms(part: Part) -> tuple[float, float]:
    least = part.of("min_zoom").number(0.0, 0, DEEPEST_ZOOM)
    most = part.of("max_zoom").number(DEEPEST_ZOOM, 0, DEEPEST_ZOOM)
    if least >= most:
        raise part.of("max_zoom").wrong(_("It would never be drawn: it ends before it begins."))
    return least, most

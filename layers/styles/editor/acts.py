"""What the buttons of the editor do to a draft, short of keeping it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from layers.models import GeometryKind
from layers.ogcapi.fields import OgcField, fields_of
from layers.sources import FeatureSource
from layers.styles.classes import class_breaks, common_values
from layers.styles.editor.drafts import Draft
from layers.styles.palettes import category_colors, ramp_colors
from layers.styles.problems import BadStyle
from layers.styles.rules import NUMBERS
from layers.styles.spec import Case, Spec, Symbol
from layers.styles.writing import as_json

MOST_VALUES = 30
CLASSES = 5


def first_symbol(source: FeatureSource) -> Symbol:
    """What a new look begins with."""
    symbol = Symbol()
    if source.geometry_kind in (GeometryKind.POLYGON, GeometryKind.MIXED):
        return replace(symbol, outline="#3d382f")
    whole = replace(symbol, opacity=1.0)
    return (
        replace(whole, size=6.0, outline="#ffffff") if source.geometry_kind == GeometryKind.POINT else whole
    )


def new_draft(source: FeatureSource) -> Draft:
    return as_json(Spec("single", (Case(first_symbol(source)),)))


def _plain_symbol(source: FeatureSource) -> Draft:
    symbol: Draft = new_draft(source)["cases"][0]["symbol"]
    return symbol


def acted(draft: Draft, act: str, source: FeatureSource, count: int) -> Draft:
    """The draft after a button was pressed: values, classes, add, drop-<number>. Raises BadStyle, TooCostly."""
    if act.startswith("drop-") and act[5:].isdigit():
        return _dropped(draft, int(act[5:]))
    acts: dict[str, Callable[[Draft, FeatureSource, int], Draft]] = {
        "values": _values,
        "classes": _classes,
        "add": _added,
        "kind": _fitting,
    }
    return acts[act](draft, source, count) if act in acts else draft


def _field(draft: Draft, source: FeatureSource) -> OgcField:
    found = next((field for field in fields_of(source) if field.name == draft.get("field")), None)
    if found is None:
        raise BadStyle("field", _("Choose the field that decides."))
    return found


def _values(draft: Draft, source: FeatureSource, count: int) -> Draft:
    """Every value that the layer holds; those that are there keep their symbol."""
    values = common_values(source, _field(draft, source), MOST_VALUES)
    known = {case.get("value"): case for case in draft.get("cases", ())}
    base = _plain_symbol(source)
    colors = category_colors(len(values))
    cases = [
        known.get(value) or {"value": value, "label": value, "symbol": {**base, "color": color}}
        for value, color in zip(values, colors, strict=True)
    ]
    return {**draft, "cases": cases}


def _classes(draft: Draft, source: FeatureSource, count: int) -> Draft:
    """The bounds anew, unless they are set by hand; the colours from the ramp; the rest as the first class has it."""
    field, method = _field(draft, source), str(draft.get("method"))
    if field.kind not in NUMBERS:
        raise BadStyle("field", _("Classes need a field with numbers; “%s” has none.") % field.title)
    breaks = draft.get("breaks", []) if method == "by_hand" else class_breaks(source, field, method, count)
    if method == "by_hand":
        breaks = _stretched(breaks, count)
    base = (draft.get("cases") or [{}])[0].get("symbol") or _plain_symbol(source)
    colors = ramp_colors(str(draft.get("ramp")), len(breaks) + 1)
    return {**draft, "breaks": breaks, "cases": [{"symbol": {**base, "color": color}} for color in colors]}


def _stretched(breaks: list[Any], count: int) -> list[Any]:
    """As many bounds as there are to be, the last going on in steps."""
    kept = breaks[: count - 1]
    while len(kept) < count - 1:
        last = kept[-1] if kept and isinstance(kept[-1], int | float) else 0
        kept = [*kept, last + 1]
    return kept


def _added(draft: Draft, source: FeatureSource, count: int) -> Draft:
    symbol = _plain_symbol(source)
    cases = [*draft.get("cases", ())]
    color = category_colors(len(cases) + 1)[-1]
    return {**draft, "cases": [*cases, {"symbol": {**symbol, "color": color}}]}


def _dropped(draft: Draft, number: int) -> Draft:
    cases = [case for index, case in enumerate(draft.get("cases", ())) if index != number]
    breaks = [bound for index, bound in enumerate(draft.get("breaks", ())) if index != max(number - 1, 0)]
    return {**draft, "cases": cases, **({"breaks": breaks} if "breaks" in draft else {})}


def _fitting(draft: Draft, source: FeatureSource, count: int) -> Draft:
    """Another kind: what cannot stay goes, and what the new kind needs comes where it can."""
    kind = draft.get("kind")
    if kind == "maplibre":
        return {"kind": kind, "fragments": source.style, "legend": source.legend}
    kept = {name: draft[name] for name in ("labels", "min_zoom", "max_zoom") if name in draft}
    fresh = {**new_draft(source), **kept, "kind": kind}
    if kind == "category":
        return {**fresh, **_decided(source, by_number=False)}
    if kind == "class":
        field = _decided(source, by_number=True)
        basis = {**fresh, **field, "method": "quantile", "ramp": "viridis"}
        return _classes(basis, source, count) if field else {**basis, "breaks": []}
    return {
        **fresh,
        "cases": fresh["cases"] if kind == "single" else [{**fresh["cases"][0], "condition": ""}],
    }


def _decided(source: FeatureSource, *, by_number: bool) -> Draft:
    """The first field that could decide."""
    fields = [field for field in fields_of(source) if (field.kind in NUMBERS) is by_number]
    known = next((field for field in fields if field.in_json), None)
    return {"field": known.name} if known else {}

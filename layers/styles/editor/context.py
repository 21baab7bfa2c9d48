"""What the template of the editor shows of a draft."""

import json
from dataclasses import dataclass
from typing import Any

from layers.models import Layer, LayerStyle
from layers.ogcapi.collections import Collection
from layers.ogcapi.fields import fields_of
from layers.sources import FeatureSource
from layers.styles.editor.acts import CLASSES
from layers.styles.editor.drafts import Draft, shown_case
from layers.styles.hatch import KINDS as HATCHES
from layers.styles.legend import legend_of
from layers.styles.palettes import RAMPS
from layers.styles.problems import BadStyle
from layers.styles.rules import NUMBERS
from layers.styles.scales import scale_choices
from layers.styles.spec import METHODS, SPEC_KINDS, Case, Labels, Spec, spec_of
from layers.styles.writing import as_json

PREVIEWED = "case-{}-"


@dataclass(frozen=True)
class Row:
    """A case in the form. `lower` is the bound below it, where it is a class that has one; `entry` is its sign."""

    number: int
    prefix: str
    place: str
    case: dict[str, Any]
    entry: dict[str, Any]
    lower: Any = None


@dataclass(frozen=True)
class Named:
    """What stands beside the draft: how the style is called. `style` is None for one that is not kept yet."""

    slug: str
    title: str
    title_en: str
    is_first: bool
    style: LayerStyle | None = None


def context_of(
    layer: Layer, source: FeatureSource, named: Named, draft: Draft, problem: BadStyle | None
) -> dict[str, Any]:
    fields = fields_of(source)
    bounds = Collection(source).bounds()
    numbers_only = draft.get("kind") == "class"
    return {
        "layer": layer,
        "source": source,
        "named": named,
        "draft": draft,
        "problem": problem,
        "kinds": SPEC_KINDS.items(),
        "methods": METHODS.items(),
        "ramps": [(name, title, colors) for name, (title, colors) in RAMPS.items()],
        "hatches": HATCHES.items(),
        "scales": scale_choices(),
        "fields": [field for field in fields if not numbers_only or field.kind in NUMBERS],
        "all_fields": fields,
        "rows": _rows(draft, source),
        "other": _row(draft.get("other"), source, 0, "other-", "other"),
        "labels": _labels(draft),
        "count": max(len(draft.get("cases", ())), 2) if numbers_only else CLASSES,
        "has_surfaces": source.geometry_kind in ("polygon", "mixed"),
        "legend": _legend(draft, layer),
        "extent": ",".join(str(value) for value in bounds or ()),
        "code": {name: _pretty(draft.get(name)) for name in ("fragments", "legend")},
    }


def _rows(draft: Draft, source: FeatureSource) -> list[Row]:
    breaks = draft.get("breaks") or []
    return [
        _row(
            case,
            source,
            number,
            f"case-{number}-",
            f"cases[{number}]",
            breaks[number - 1] if 0 < number <= len(breaks) else None,
        )
        for number, case in enumerate(draft.get("cases", ()))
    ]


def _row(case: Any, source: FeatureSource, number: int, prefix: str, place: str, lower: Any = None) -> Row:
    return Row(number, prefix, place, shown_case(case), _entry(case, source), lower)


def _entry(case: Any, source: FeatureSource) -> dict[str, Any]:
    """The sign of a case, as far as it can be drawn."""
    try:
        spec = spec_of({"kind": "single", "cases": [{"symbol": (case or {}).get("symbol", {})}]})
    except BadStyle:
        spec = Spec(cases=(Case(spec_of({"kind": "single", "cases": [{"symbol": {}}]}).cases[0].symbol),))
    return legend_of(spec, source.geometry_kind, "", "")[0]


def _labels(draft: Draft) -> dict[str, Any]:
    given = draft.get("labels")
    usual = {name: getattr(Labels, name) for name in ("size", "color", "halo", "min_zoom")}
    shown = {"text": "", **usual, **(given or {}), "on": given is not None}
    return shown | {"haloed": bool(shown["halo"]), "halo": shown["halo"] or Labels.halo}


def _legend(draft: Draft, layer: Layer) -> list[dict[str, Any]]:
    try:
        spec = spec_of(draft)
    except BadStyle:
        return []
    return legend_of(spec, layer.geometry_kind, layer.title, layer.title_en)


def _pretty(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value or [], ensure_ascii=False, indent=2)


def copied(style: LayerStyle) -> Named:
    return Named(style.slug, style.title, style.title_en, style.is_first, style)


def unnamed() -> Named:
    return Named("", "", "", is_first=False)


def draft_of_style(style: LayerStyle) -> Draft:
    """Of one that is kept; where it can no longer be read, as it is written."""
    try:
        return as_json(spec_of(style.spec))
    except BadStyle:
        return dict(style.spec)

"""The form of the editor and the JSON of a look, one as the other.

A draft is JSON as LayerStyle.spec keeps it, only that what is no number yet is still a text; `spec_of` says so.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from layers.styles.hatch import Hatch
from layers.styles.spec import DEEPEST_ZOOM, MOST_CASES, Case, Labels, Spec, Symbol
from layers.styles.writing import as_json

Draft = dict[str, Any]
SYMBOL_NUMBERS = ("opacity", "size", "outline_width")
FALLBACKS = {
    "min_zoom": 0.0,
    "max_zoom": DEEPEST_ZOOM,
    "opacity": Symbol.opacity,
    "size": Symbol.size,
    "outline_width": Symbol.outline_width,
}


def draft_of(spec: Spec) -> Draft:
    return as_json(spec)


def draft_from(form: QueryDict) -> Draft:
    """What a posted form says, whether it makes sense or not."""
    kind = form.get("kind", "single")
    if kind == "maplibre":
        return {
            "kind": kind,
            "fragments": _json(form.get("fragments", "")),
            "legend": _json(form.get("legend", "")),
        }
    draft: Draft = {
        "kind": kind,
        "field": form.get("field", ""),
        "method": form.get("method", Spec.method),
        "ramp": form.get("ramp", Spec.ramp),
        "cases": [_case(form, f"case-{number}-") for number in _numbers(form)],
        **_zooms(form, ""),
    }
    if kind == "class":
        draft["breaks"] = [_number(form.get(f"case-{number}-from", "")) for number in _numbers(form)[1:]]
    if form.get("other-on"):
        draft["other"] = _case(form, "other-")
    if form.get("labels-on"):
        draft["labels"] = _labels(form)
    return draft


def _json(text: str) -> Any:
    try:
        return json.loads(text or "[]")
    except ValueError:
        return text


def _numbers(form: QueryDict) -> list[int]:
    """The rows of the form, in order."""
    named = (name.split("-") for name in form if name.startswith("case-") and name.endswith("-color"))
    return sorted(int(parts[1]) for parts in named if parts[1].isdigit())[: MOST_CASES + 1]


def _number(text: str) -> float | str:
    """A decimal comma is one too."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _given(form: QueryDict, prefix: str, names: Iterable[str]) -> Draft:
    texts = ((name, form.get(prefix + name, "")) for name in names)
    return {name: _number(text) for name, text in texts if text.strip()}


def _zooms(form: QueryDict, prefix: str) -> Draft:
    return _given(form, prefix, ("min_zoom", "max_zoom"))


def _case(form: QueryDict, prefix: str) -> Draft:
    texts = {name: form.get(prefix + name, "") for name in ("label", "label_en", "value", "condition")}
    return {"symbol": _symbol(form, prefix), **texts, **_zooms(form, prefix)}


def _symbol(form: QueryDict, prefix: str) -> Draft:
    symbol: Draft = {
        "color": form.get(prefix + "color", Symbol.color),
        **_given(form, prefix, SYMBOL_NUMBERS),
    }
    if form.get(prefix + "outlined"):
        symbol["outline"] = form.get(prefix + "outline", "")
    dash = form.get(prefix + "dash", "").replace(",", " ").split()
    symbol["dash"] = [_number(part) for part in dash]
    if form.get(prefix + "hatch"):
        symbol["hatch"] = {
            "kind": form[prefix + "hatch"],
            "color": form.get(prefix + "hatch_color", "#000000"),
            **{name: value for name, value in _spacing(form, prefix) if value != ""},
        }
    return symbol


def _spacing(form: QueryDict, prefix: str) -> list[tuple[str, float | str]]:
    return [
        ("spacing", _number(form.get(prefix + "hatch_spacing", ""))),
        ("width", _number(form.get(prefix + "hatch_width", ""))),
    ]


def _labels(form: QueryDict) -> Draft:
    labels: Draft = {"text": form.get("labels-text", ""), "color": form.get("labels-color", Labels.color)}
    labels["halo"] = form.get("labels-halo", "") if form.get("labels-haloed") else ""
    return labels | _given(form, "labels-", ("size", "min_zoom"))


def shown_case(case: Any) -> dict[str, Any]:
    """A case of a draft with everything that the form shows, flat; what is left out is as usual."""
    given = case if isinstance(case, dict) else {}
    symbol = {"color": Symbol.color, "outline": "", "dash": [], **FALLBACKS, **(given.get("symbol") or {})}
    hatch = symbol.pop("hatch", None) or {}
    return {
        **{name: getattr(Case, name) for name in ("label", "label_en", "value", "condition")},
        **FALLBACKS,
        **symbol,
        **{name: value for name, value in given.items() if name != "symbol"},
        "outlined": bool(symbol["outline"]),
        "outline": symbol["outline"] or "#3d382f",
        "dash": " ".join(
            f"{part:g}" if isinstance(part, float | int) else str(part) for part in symbol["dash"]
        ),
        "hatch": hatch.get("kind", ""),
        "hatch_color": hatch.get("color", symbol["color"]),
        "hatch_spacing": hatch.get("spacing", Hatch.spacing),
        "hatch_width": hatch.get("width", Hatch.width),
    }

"""The legend of a look: an entry a case, with all that its sign is made of, in both languages."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from layers.models import GeometryKind
from layers.styles.spec import Case, Spec, Symbol
from layers.styles.words import both

Entry = dict[str, Any]


def legend_of(spec: Spec, geometry_kind: str, title: str, title_en: str) -> list[Entry]:
    """{"label", "label_en", "color", "shape"} and, where they say more: "opacity", "outline", "hatch" (its name) and
    "dash". A single symbol without words of its own is called as the layer."""
    if spec.kind == "maplibre":
        return list(spec.legend)
    entries = [
        _entry(case, geometry_kind, *_named(spec, index, title, title_en))
        for index, case in enumerate(spec.cases)
    ]
    if spec.other:
        own = (spec.other.label, spec.other.label_en)
        label, english = own if own[0] else both(lambda: _("Other"))
        entries.append(_entry(spec.other, geometry_kind, label, english))
    return entries


def _named(spec: Spec, index: int, title: str, title_en: str) -> tuple[str, str]:
    case = spec.cases[index]
    if case.label:
        return case.label, case.label_en
    if spec.kind == "class":
        bounds = [None, *spec.breaks, None]
        return both(lambda: _between(bounds[index], bounds[index + 1]))
    own = {"category": case.value, "rule": case.condition}.get(spec.kind, "")
    return (own, case.label_en) if own else (title, title_en)


def _between(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return _("any")
    if low is None:
        return _("less than %(high)s") % {"high": _number(high)}
    if high is None:
        return _("%(low)s and more") % {"low": _number(low)}
    return _("%(low)s to %(high)s") % {"low": _number(low), "high": _number(high)}


def _number(value: float | None) -> str:
    return number_format(f"{value or 0:.10g}", use_l10n=True, force_grouping=True)


def _entry(case: Case, geometry_kind: str, label: str, label_en: str) -> Entry:
    symbol = case.symbol
    entry: Entry = {"label": label, "label_en": label_en, "color": symbol.color, "shape": geometry_kind}
    if geometry_kind in (GeometryKind.POLYGON, GeometryKind.MIXED):
        entry |= _surface(symbol)
    elif symbol.opacity < 1:
        entry["opacity"] = symbol.opacity
    if symbol.dash and (geometry_kind == GeometryKind.LINE or symbol.outline):
        entry["dash"] = list(symbol.dash)
    return entry


def _surface(symbol: Symbol) -> Entry:
    return {
        "opacity": symbol.opacity,
        "outline": symbol.outline if symbol.outline_width > 0 else "",
        **({"hatch": symbol.hatch.name} if symbol.hatch else {}),
    }

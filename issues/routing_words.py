"""A routing trace as sentences a citizen can read."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Check = dict[str, Any]


def why(trace: list[dict[str, Any]]) -> list[str]:
    """Sentences, in the reader's language, from the rule that decided; then those that came close."""
    decided = next((entry for entry in trace if entry["matched"]), None)
    if decided is None:
        return []
    if decided["rule"] is None:
        return [
            _("No rule covers “%(category)s” at this place, so the help desk takes it.")
            % {"category": _name(decided)},
            *_near_misses(trace),
        ]
    first = _("Rule “%(rule)s” sends it to %(department)s:") % {
        "rule": _name(decided),
        "department": _name(decided["department"]),
    }
    return [first, *(_WORDS[check["what"]](check) for check in decided["checks"]), *_near_misses(trace)]


def _near_misses(trace: list[dict[str, Any]]) -> list[str]:
    return [
        _("Rule “%(rule)s” came first but did not hold: %(reason)s")
        % {"rule": _name(entry), "reason": reason}
        for entry in trace
        if not entry["matched"]
        for reason in [_WORDS[check["what"]](check) for check in entry["checks"] if not check["held"]][:1]
    ]


def _name(row: dict[str, Any]) -> str:
    return str(row["name"] if (get_language() or "el").startswith("el") else row["name_en"])


def _category(check: Check) -> str:
    return _("the report is about “%(name)s”.") % {"name": _name(check)}


def _asset(check: Check) -> str:
    return _("it concerns %(name)s %(code)s.") % {"name": _name(check), "code": check["code"]}


def _asset_owner(check: Check) -> str:
    return _("the asset belongs to %(name)s.") % {"name": _name(check)}


def _area(check: Check) -> str:
    facts = {"name": _name(check), "metres": round(check["edge_metres"] or 0)}
    return _("the pin is in %(name)s, %(metres)d m from its edge.") % facts


def _layer(check: Check) -> str:
    facts = {"name": _name(check), "metres": round(check["within_metres"])}
    if not check["held"]:
        return _("nothing of “%(name)s” that the rule names is within %(metres)d m.") % facts
    facts["metres"] = round(check["distance_metres"])
    return _("it is %(metres)d m from “%(name)s” that the rule names.") % facts


_WORDS: dict[str, Callable[[Check], str]] = {
    "category": _category,
    "asset": _asset,
    "asset_owner": _asset_owner,
    "area": _area,
    "layer": _layer,
}

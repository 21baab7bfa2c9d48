"""The parts of the choices, each said in one line: open where a person should look, closed where the file was clear."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from importers.models import ImportRun
from importers.shown.evidence import Way

GOOD_FROM, DOUBTFUL_BELOW = 90, 50
OF_PLACE = {"crs_missing", "crs_unknown", "crs_inexact", "axes_swapped", "no_positions", "crs_other_fits"}
OF_PLACE |= {"offset_shift", "crs_unshifted", "outside_municipality"}
OF_TEXT = {"wrong_encoding", "unknown_encoding", "encoding_other"}
OF_FIELDS = {"bad_mapping", "no_such_field", "pattern_too_slow"}
OF_TARGET = {
    "repeated_keys",
    "repeated_codes",
    "other_key",
    "no_home",
    "no_such_home",
    "no_such_target",
    "bad_slug",
}
OF_TARGET |= {"type_exists", "hash_key", "no_such_field"}


@dataclass(frozen=True)
class Part:
    """`look` is good, ask or plain."""

    title: str | Promise
    said: str
    icon: str
    look: str
    is_open: bool


def parts_of(run: ImportRun, context: dict[str, Any]) -> dict[str, Part]:
    """`context` holds the evidence and the table that the page shows."""
    codes = {str(finding.get("code")) for finding in run.findings}
    return {
        "place": _place(run, context["ways"], codes, needs=context["needs_columns"]),
        "encoding": _encoding(context, codes),
        "fields": _fields(run, context, codes),
        "target": _target(run, codes),
    }


def _place(run: ImportRun, ways: list[Way], codes: set[str], *, needs: bool) -> Part:
    chosen = next((way for way in ways if way.chosen), None)
    name = chosen.name if chosen else run.source_crs or _("not known yet")
    asks = bool(codes & OF_PLACE) or (not chosen and not run.source_crs)
    if chosen is None or chosen.percent is None:
        said = name
    else:
        said = _("%(crs)s · %(percent)d %% inside the municipality") % {
            "crs": name,
            "percent": chosen.percent,
        }
        asks = asks or chosen.percent < DOUBTFUL_BELOW
    good = chosen is not None and (chosen.percent or 0) >= GOOD_FROM
    look = "ask" if asks else "good" if good else "plain"
    return Part(_("Coordinate system"), said, "world-pin", look, asks or (needs and not ways))


def _encoding(context: dict[str, Any], codes: set[str]) -> Part:
    chosen = next((one for one in context["encodings"] if one["chosen"]), None)
    asks = bool(codes & OF_TEXT) or chosen is None or not chosen["fits"]
    sample = chosen["samples"][0] if chosen and chosen["samples"] else ""
    said = " · ".join(part for part in (chosen["name"] if chosen else "", sample) if part)
    guessed = bool(context["encoding_guessed"])
    look = "ask" if asks or guessed else "good"
    return Part(_("How the text reads"), said, "letter-case", look, asks or guessed)


def _fields(run: ImportRun, context: dict[str, Any], codes: set[str]) -> Part:
    names, rows = context["names"], context["target_rows"]
    count = ngettext("%(count)d field in the file", "%(count)d fields in the file", len(names)) % {
        "count": len(names)
    }
    unfilled = [row for row in rows if row.target.required and not (row.source or row.constant or row.raw)]
    asks = bool(codes & OF_FIELDS) or bool(unfilled)
    if unfilled:
        how = _("still to say: %(fields)s") % {"fields": ", ".join(str(row.target.title) for row in unfilled)}
    elif run.mapping:
        how = _("filled by your table")
    else:
        how = _("all under their own names") if context["is_open"] else _("filled by fields of the same name")
    return Part(_("Fields"), f"{count} · {how}", "table", "ask" if asks else "good", asks)


def _target(run: ImportRun, codes: set[str]) -> Part:
    key = run.order.get("key") or (run.evidence.get("keys") or {}).get("field") or ""
    said = (
        _("key: %(key)s") % {"key": key}
        if key
        else _("no key yet")
        if run.target in ("layer", "assets")
        else ""
    )
    asks = bool(codes & OF_TARGET)
    return Part(_("For the target"), said, "target", "ask" if asks else "good" if key else "plain", asks)

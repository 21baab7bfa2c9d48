"""Findings of a run, gathered by what they say: first what stands in the way, then what a person should know."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.models import ImportRun
from importers.shown.sentences import said

SHOWN_ROWS = 20
TITLES: dict[str, str | Promise] = {
    "repaired": _("Repaired geometries"),
    "text_cut": _("Texts that were cut off"),
    "text_control": _("Characters that cannot be stored"),
    "collapsed": _("Nothing left after the repair"),
    "no_geometry": _("Rows without a geometry"),
    "bad_coordinates": _("Coordinates that are blank or not numbers"),
    "bad_geometry": _("Geometries that cannot be read"),
    "outside_projection": _("Coordinates outside the coordinate system"),
    "wrong_width": _("Rows with too few or too many cells"),
    "long_key": _("Keys that are too long"),
    "key_form": _("Codes of another form"),
    "no_category": _("Values that are no category here"),
    "no_state": _("Values that are no state here"),
    "no_key": _("Rows without a key"),
    "repeated_key": _("Keys that come again"),
    "bad_date": _("Dates that cannot be read"),
    "bad_number": _("Numbers that cannot be read"),
    "not_a_choice": _("Values that are not in the list"),
    "other_geometry": _("Geometries of another kind"),
    "outside_home": _("Places outside the municipality"),
}
#: Said elsewhere on the page, better.
ELSEWHERE = {"crs_points", "no_encoding", "fields_changed", "keys_repeated"}
ELSEWHERE |= {
    "with_z",
    "with_m",
    "curves",
    "duplicates",
    "same_geometry",
    "slivers",
    "outside",
    "overlaps",
    "gaps",
}


@dataclass
class Group:
    """Findings of one code about single rows; `count` is exact, `rows` the first of them."""

    code: str
    title: str | Promise
    count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Findings:
    refusals: list[str]
    refusal_codes: frozenset[str]
    warnings: list[str]
    groups: list[Group]

    @property
    def codes(self) -> set[str]:
        return {group.code for group in self.groups} | self.refusal_codes


def findings_of(run: ImportRun) -> Findings:
    counts: dict[str, int] = run.evidence.get("found", {}) if isinstance(run.evidence, dict) else {}
    refusals, warnings = [], []
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in run.findings:
        if finding.get("refusal") or _is_old_refusal(finding):
            refusals.append(finding)
        elif finding.get("row"):
            groups[finding["code"]].append(finding)
        elif finding["code"] not in ELSEWHERE:
            warnings.append(finding)
    return Findings(
        [said({**finding, "refusal": True}) for finding in refusals],
        frozenset(str(finding["code"]) for finding in refusals),
        list(dict.fromkeys(said(finding) for finding in warnings)),
        [_group(code, found, counts.get(code, 0)) for code, found in groups.items()],
    )


def _is_old_refusal(finding: dict[str, Any]) -> bool:
    """As the command line keeps it: about no row, and without facts."""
    return not finding.get("row") and "facts" not in finding


def _group(code: str, found: list[dict[str, Any]], counted: int) -> Group:
    rows = [
        {"row": each["row"], "key": each.get("key", ""), "said": said(each)} for each in found[:SHOWN_ROWS]
    ]
    return Group(code, TITLES.get(code) or rows[0]["said"], max(counted, len(found)), rows)

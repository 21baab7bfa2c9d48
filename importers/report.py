"""What an import found and did, kept small: exact counts, and the first findings of each kind."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.evidence_messages import EVIDENCE_MESSAGES

if TYPE_CHECKING:
    from importers.models import ImportRun
    from importers.set_aside import SetAside
    from layers.models import Revision

COUNTS = ("read", "added", "changed", "removed", "unchanged", "repaired", "refused")
KEPT_PER_CODE = 200

MESSAGES: dict[str, str | Promise] = {
    **EVIDENCE_MESSAGES,
    "no_geometry": _("The row has no geometry."),
    "bad_geometry": _("The geometry cannot be read, as when a ring is not closed."),
    "bad_entity": _("The drawing's entity (%(entity)s) is damaged or empty."),
    "unknown_entity": _(
        "%(entity)s is nothing that a map can hold; convert it to lines or polygons in the drawing."
    ),
    "too_deep": _("The block “%(block)s” contains itself, or blocks within blocks too deep to take apart."),
    "bad_coordinates": _("The coordinates are blank or not numbers: %(values)s."),
    "outside_projection": _("The coordinates lie outside the coordinate system."),
    "other_geometry": _("The row holds %(found)s where %(expected)s are expected."),
    "collapsed": _("Nothing is left of the geometry after the repair (%(reason)s)."),
    "repaired": _("Repaired: %(reason)s. Area before %(before)s m², after %(after)s m².%(loops)s"),
    "wrong_width": _("The row has %(found)s cells where the header has %(expected)s."),
    "no_key": _("The key field is blank."),
    "long_key": _("The key is longer than %(limit)s characters."),
    "key_form": _("The code does not have the form %(form)s."),
    "text_cut": _("A text ends in half a character, as fields of fixed length do; the half was left out."),
    "text_control": _("A text held a character that cannot be stored; it was left out."),
    "no_name": _("The name is blank."),
    "repeated_key": _("The key occurs in an earlier row too."),
    "outside_municipality": _(
        "Nothing in the file falls inside the extent of the municipality. Check --source-crs."
    ),
    "no_boundary": _(
        "The boundary of the municipality is not known yet, so places were not checked against it."
    ),
    "no_encoding": _("The file does not name its text encoding; %(encoding)s was recognised: %(sample)s."),
    "hash_key": _(
        "No key was given: rows are recognised by their whole content, so an edit reads as one removed and one added."
    ),
    "undo_left": _(
        "Left as they are because somebody changed them since (%(count)s): %(keys)s. Look at them and decide which go "
        "back."
    ),
    "left_alone": _("Not in the file any more, left as they are: %(keys)s."),
    "no_category": _("No category for the value “%(value)s”."),
    "no_state": _("No state for the value “%(value)s”."),
    "bad_date": _("“%(value)s” is not a date."),
    "unlikely_date": _("“%(value)s” can't be a date of a case: it is in the future, or too long ago."),
    "no_date": _("The date of the report is blank."),
    "no_closing_date": _("The case is over but has no closing date; the date of the report was taken."),
    "date_order": _("The closing date is before the date of the report, which was taken instead."),
    "outside_home": _("The place is outside the municipality."),
    "joined": _("Another part of “%(name)s”: the rows were joined into one area."),
    "no_parent": _("No area of the level above contains “%(name)s”."),
    "bad_number": _("“%(value)s” in the field “%(field)s” is not a number."),
    "not_a_choice": _("“%(value)s” is none of the values that “%(field)s” takes: %(known)s."),
    "blank": _("“%(field)s” is blank."),
    "not_held": _("There is nothing with the key “%(value)s” in “%(place)s”."),
    "no_address": _("The address “%(address)s” is not known."),
    "several_addresses": _("There are %(count)s addresses “%(address)s” far from each other."),
    "kept_ours": _(
        "The case was worked on here since, so what the file says of it was not taken over: %(fields)s."
    ),
    "bad_contact": _("“%(value)s” is not an e-mail address."),
    "bad_slug": _("“%(value)s” can't be a name in addresses: up to 50 Latin letters, digits and hyphens."),
    "no_department": _("There is no department “%(value)s”, neither in the file nor here."),
    "circle": _("The department would be above itself: %(path)s."),
    "no_area": _("There is no area “%(value)s” (write level:code)."),
}


@dataclass(frozen=True)
class Finding:
    """Something a person should know. `row` counts from 1, 0 means the whole file; `refuses`: the row does not go
    in."""

    code: str
    row: int = 0
    key: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False

    @property
    def message(self) -> str:
        text = str(MESSAGES[self.code])
        return text % self.facts if self.facts else text

    def as_json(self) -> dict[str, Any]:
        facts = {name: str(fact) if isinstance(fact, Promise) else fact for name, fact in self.facts.items()}
        return {"row": self.row, "key": self.key, "code": self.code, "message": self.message, "facts": facts}


@dataclass
class Report:
    """Counts of rows by what happened, and findings: all counted, `KEPT_PER_CODE` of each code kept. `revision` is
    what was written into a layer, `evidence` what a dry run found out."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    source_crs: str = ""
    encoding: str = ""
    inside_share: float | None = None
    revision: "Revision | None" = None
    run: "ImportRun | None" = None
    evidence: dict[str, Any] = field(default_factory=dict)
    set_aside: "SetAside | None" = None

    def add(self, finding: Finding) -> None:
        self.found[finding.code] += 1
        if self.found[finding.code] <= KEPT_PER_CODE:
            self.findings.append(finding)

    def refuse(self, code: str, row: int, key: str = "", **facts: Any) -> None:
        """A row that is set aside; the others go in."""
        self.counts["refused"] += 1
        finding = Finding(code, row, key, facts, refuses=True)
        self.add(finding)
        if self.set_aside is not None:
            self.set_aside.write(finding)

    def repair(self, code: str, row: int, key: str = "", **facts: Any) -> None:
        self.counts["repaired"] += 1
        self.add(Finding(code, row, key, facts))

    def tell(self, code: str, **facts: Any) -> None:
        """A finding about the file as a whole."""
        self.add(Finding(code, facts=facts))

    def as_json(self) -> dict[str, Any]:
        """All there is to tell, as JSON values; sentences in the language of the reader."""
        return {
            "counts": self.counts_json(),
            "source_crs": self.source_crs,
            "encoding": self.encoding,
            "inside_share": self.inside_share,
            "found": dict(self.found),
            "findings": [finding.as_json() for finding in self.findings],
            "revision": self.revision.number if self.revision is not None else None,
            "run": self.run.pk if self.run is not None else None,
            "evidence": self.evidence,
        }

    def counts_json(self) -> dict[str, int]:
        return {name: self.counts[name] for name in COUNTS}

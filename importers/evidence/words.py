"""The evidence of a check in words: encodings and systems side by side, shapes, fields, changes."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

INDENT = "  "
MOST_FIELDS = 40
EXAMPLES = 3
LONGEST_EXAMPLE = 24


def evidence_lines(evidence: dict[str, Any]) -> Iterator[str]:
    """Nothing when no evidence was gathered."""
    if not {"crs", "encoding", "geometry", "keys", "fields"} <= evidence.keys():
        return
    yield from _crs(evidence["crs"])
    yield from _encoding(evidence["encoding"])
    yield from _geometry(evidence["geometry"])
    yield from _keys(evidence["keys"])
    yield from _fields(evidence["fields"])


def _crs(crs: dict[str, Any]) -> Iterator[str]:
    if crs["sentence"]:
        yield crs["sentence"]
    for one in crs["candidates"]:
        if one["inside"]:
            facts = {"crs": one["name"], "share": f"{100 * one['inside_share']:.1f}"}
            fits = _("%(crs)s: %(share)s %% inside") % facts
            yield INDENT + (f"{fits} ({one['note']})" if one["note"] else fits)


def _encoding(encoding: dict[str, Any]) -> Iterator[str]:
    """Only where somebody has to look: the encoding was guessed, or the bytes look like another one."""
    if not encoding["candidates"] or not (
        encoding["guessed"] or encoding["chosen"].removesuffix("-sig") != encoding["best"]
    ):
        return
    yield _("The text reads:")
    width = max(len(one["name"]) for one in encoding["candidates"])
    for one in encoding["candidates"]:
        samples = " · ".join(one["samples"]) if one["fits"] else _("does not fit")
        yield f"{INDENT}{one['name']:<{width}}  {samples}"


def _geometry(geometry: dict[str, Any]) -> Iterator[str]:
    types = ", ".join(f"{name} {count}" for name, count in geometry["types"].items())
    yield _("Shapes: %(types)s") % {"types": types or "—"}
    if geometry["invalid"]:
        facts = {
            "count": geometry["invalid"],
            "before": geometry["repaired_area_before"],
            "after": geometry["repaired_area_after"],
        }
        yield _("Repaired shapes: %(count)s, together %(before)s m² before and %(after)s m² after") % facts


def _keys(keys: dict[str, Any]) -> Iterator[str]:
    if keys["field"] and keys["missing"]:
        yield _("Rows without a value in the key “%(field)s”: %(missing)s") % keys


def _fields(fields: list[dict[str, Any]]) -> Iterator[str]:
    if not fields:
        return
    yield _("Fields, how full they are, and examples:")
    width = max(len(field["name"]) for field in fields[:MOST_FIELDS])
    for field in fields[:MOST_FIELDS]:
        examples = ", ".join(_short(example) for example in field["examples"][:EXAMPLES])
        yield f"{INDENT}{field['name']:<{width}}  {100 * field['filled_share']:5.1f} %  {examples}".rstrip()
    if len(fields) > MOST_FIELDS:
        yield INDENT + _("… and %(count)d more like this") % {"count": len(fields) - MOST_FIELDS}


def _short(example: str) -> str:
    plain = " ".join(example.split())
    return plain if len(plain) <= LONGEST_EXAMPLE else plain[: LONGEST_EXAMPLE - 1] + "…"

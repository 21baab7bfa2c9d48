"""What a person should not miss of all that a check found: codes of report.MESSAGES and their facts."""

from collections.abc import Iterator
from typing import Any

Told = tuple[str, dict[str, Any]]
FITS_FROM = 0.9
HARDLY_BELOW = 0.5
GREEK_FROM = 0.9
LISTED = 8


def warnings_of(found: dict[str, Any]) -> Iterator[Told]:
    yield from of_crs(found["crs"])
    yield from _of_encoding(found["encoding"])
    yield from _of_keys(found["keys"])
    yield from _of_geometry(found["geometry"])
    yield from _of_fields(found["fields"])


def of_crs(crs: dict[str, Any]) -> Iterator[Told]:
    """Another system fits where the chosen one does not."""
    chosen = next((one for one in crs["candidates"] if one["chosen"]), None)
    if chosen is None or not chosen["points"]:
        return
    best = crs["candidates"][0]
    if chosen["inside_share"] < HARDLY_BELOW and best["inside_share"] >= FITS_FROM:
        yield "crs_other_fits", {"crs": chosen["name"], "other": best["name"], "code": best["code"]}


def _of_encoding(encoding: dict[str, Any]) -> Iterator[Told]:
    """The chosen one gives few Greek letters, or does not fit at all, and another gives nothing but Greek."""
    by_name = {one["name"]: one for one in encoding["candidates"]}
    chosen, best = by_name.get(encoding["chosen"]), by_name.get(encoding["best"])
    if chosen is None or best is None or chosen is best or not best["fits"]:
        return
    if best["greek_share"] >= GREEK_FROM and chosen["greek_share"] < HARDLY_BELOW:
        sample = " · ".join(best["samples"])
        yield "encoding_other", {"encoding": chosen["name"], "other": best["name"], "sample": sample}


def _of_keys(keys: dict[str, Any]) -> Iterator[Told]:
    if keys["repeated"]:
        examples = ", ".join(f"“{one['value']}”" for one in keys["examples"])
        yield "keys_repeated", {"count": keys["repeated"], "field": keys["field"], "examples": examples}
    kaek = keys["kaek"]
    if kaek is None:
        return
    for code, kind in (("kaek_lost_zero", "lost_zero"), ("kaek_other", "other")):
        if kaek[kind]:
            example = kaek["examples"][kind][0]
            facts = {"count": kaek[kind], "field": kaek["field"], **example}
            facts |= {"mended": f"0{example['value']}"} if kind == "lost_zero" else {}
            yield code, facts


def _of_geometry(geometry: dict[str, Any]) -> Iterator[Told]:
    for name in ("with_z", "with_m", "curves", "duplicates", "same_geometry", "slivers", "outside"):
        if geometry[name]:
            yield name, {"count": geometry[name]}
    if geometry["overlaps"]:
        yield "overlaps", {"count": geometry["overlaps"], "m2": geometry["overlap_m2"]}
    if geometry["gaps"]:
        yield "gaps", {"count": geometry["gaps"], "m2": geometry["gap_m2"]}
    if geometry["not_looked"] == "too_large":
        yield "neighbours_not_looked", {}


def _of_fields(fields: list[dict[str, Any]]) -> Iterator[Told]:
    for code in ("numbers_as_text", "dates_as_text"):
        names = [field["name"] for field in fields if field[code]]
        if names:
            more = "…" if len(names) > LISTED else ""
            yield code, {"fields": ", ".join(names[:LISTED]) + more}

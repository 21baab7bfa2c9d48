"""The evidence of a check as the page shows it: counts, where, how the text reads, the shapes, the keys, the fields."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.models import ImportRun

CHANGES: tuple[tuple[str, str | Promise, str], ...] = (
    ("added", _("added"), "plus"),
    ("changed", _("changed"), "pencil"),
    ("removed", _("ended"), "minus"),
    ("unchanged", _("unchanged"), "equal"),
)
SHAPES: tuple[tuple[str, str | Promise], ...] = (
    ("empty", _("without a geometry")),
    ("invalid", _("invalid, repaired where possible")),
    ("with_z", _("with heights (Z), left out")),
    ("with_m", _("with measures (M), left out")),
    ("curves", _("with curves, made straight pieces")),
    ("duplicates", _("repeat an earlier row")),
    ("same_geometry", _("have the shape of an earlier row")),
    ("slivers", _("with slivers")),
    ("outside", _("outside the municipality")),
    ("overlaps", _("overlaps between shapes")),
    ("gaps", _("thin gaps between shapes")),
)
AREAS = {"overlaps": "overlap_m2", "gaps": "gap_m2"}
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1253": "Windows-1253",
    "iso8859-7": "ISO-8859-7",
    "cp737": "DOS 737",
    "latin-1": "ISO-8859-1",
}
KINDS: dict[str, str | Promise] = {
    "text": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("yes or no"),
    "list": _("list"),
    "object": _("object"),
    "mixed": _("mixed"),
    "empty": _("empty"),
}
GEOMETRIES: dict[str, str | Promise] = {
    "point": _("points"),
    "multipoint": _("points"),
    "linestring": _("lines"),
    "multilinestring": _("lines"),
    "polygon": _("polygons"),
    "multipolygon": _("polygons"),
    "geometrycollection": _("mixed"),
}


@dataclass(frozen=True)
class Way:
    """A way to read the coordinates that can be chosen; `percent` of the rows fall inside the municipality."""

    value: str
    name: str
    percent: int | None
    note: str
    chosen: bool
    by_file: bool = False


def ways_of(run: ImportRun) -> list[Way]:
    """The candidates of the CRS, best first; what the file says itself is chosen unless the person chose."""
    crs = run.evidence.get("crs") or {}
    asked = run.order.get("options", {}).get("source_crs", "")
    return [
        Way(
            value=f"{one['code']}{'|swap' if one.get('swap_axes') else ''}",
            name=one["name"],
            percent=_percent(one),
            note=one.get("note") or "",
            chosen=bool(one.get("chosen")),
            by_file=bool(one.get("chosen")) and not asked and bool(crs.get("said_by_file")),
        )
        for one in crs.get("candidates", [])
        if one.get("code")
    ]


def _percent(one: dict[str, Any]) -> int | None:
    return round(100 * one.get("inside_share", 0)) if one.get("points", 1) else None


def encodings_of(run: ImportRun) -> list[dict[str, Any]]:
    found = run.evidence.get("encoding") or {}
    return [
        {
            "value": one["name"],
            "name": ENCODINGS.get(one["name"], one["name"]),
            "samples": one.get("samples", []),
            "fits": one.get("fits", True),
            "chosen": one["name"] == found.get("chosen"),
            "best": one["name"] == found.get("best"),
        }
        for one in found.get("candidates", [])
    ]


def changes_of(run: ImportRun) -> list[dict[str, Any]]:
    """Tiles with the number of rows added, changed, ended, unchanged, and set aside."""
    tiles = [
        {"code": code, "word": word, "icon": icon, "count": run.counts.get(code, 0)}
        for code, word, icon in CHANGES
    ]
    refused = run.counts.get("refused", 0)
    if refused:
        tiles.append({"code": "refused", "word": _("set aside"), "icon": "file-alert", "count": refused})
    return tiles


def fields_changed_of(run: ImportRun) -> list[tuple[str, int]]:
    changes = run.evidence.get("changes") or {}
    fields = sorted(changes.get("fields_changed", {}).items(), key=lambda each: -each[1])
    shapes = changes.get("geometry_changed") or 0
    return [*fields, (str(_("shape")), shapes)] if shapes else fields


def shapes_of(run: ImportRun) -> dict[str, Any]:
    """`kinds`: what the shapes are; `notes`: what is remarkable, with how often; the areas around the repair."""
    geometry = run.evidence.get("geometry") or {}
    kinds: dict[str, int] = {}
    for name, count in geometry.get("types", {}).items():
        word = str(GEOMETRIES.get(name.lower().replace(" ", ""), name))
        kinds[word] = kinds.get(word, 0) + count
    return {
        "kinds": kinds.items(),
        "notes": [
            (word, geometry[code], geometry.get(AREAS.get(code, "")))
            for code, word in SHAPES
            if geometry.get(code)
        ],
        "before": geometry.get("repaired_area_before"),
        "after": geometry.get("repaired_area_after"),
        "looked": bool(geometry),
    }


def fields_of(run: ImportRun) -> list[dict[str, Any]]:
    rows = run.evidence.get("rows") or run.counts.get("read") or 0
    return [
        {
            **one,
            "kind": KINDS.get(one.get("type", ""), one.get("type", "")),
            "percent": round(100 * one["filled"] / rows) if rows and "filled" in one else None,
        }
        for one in run.evidence.get("fields", [])
        if isinstance(one, dict)
    ]


def field_names(run: ImportRun) -> list[str]:
    return [one["name"] for one in fields_of(run)]

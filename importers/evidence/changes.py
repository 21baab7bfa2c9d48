"""What an import would change in a layer: which fields, how often, and whether everything moved the same way."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from core.statements import statement
from importers.evidence.offset import offset_of
from importers.evidence.sample import Sample
from importers.report import Report
from layers.models import Layer

KEPT_EXAMPLES = 10
MOST_PAIRS = 2000
VERDICTS = ("added", "changed", "removed", "unchanged")


def changes_told(layer: Layer, report: Report, sample: Sample | None = None) -> Callable[[Any], None]:
    """To be called with a cursor while `feature_verdicts` and `staged_features` are there; the rows of the sample
    learn what becomes of them."""

    def judged(cursor: Any) -> None:
        changes = changes_of(layer, cursor)
        report.evidence["changes"] = changes
        _tell(changes, report)
        if sample is not None and sample.keys:
            cursor.execute(statement("importers", "verdicts_of_keys"), {"keys": sample.keys})
            sample.verdicts = dict(cursor.fetchall())

    return judged


def changes_of(layer: Layer, cursor: Any) -> dict[str, Any]:
    """Exact counts by verdict and by changed field; the first keys of each verdict; a constant offset or None."""
    values = {"layer": layer.pk, "most": MOST_PAIRS}
    cursor.execute("SELECT verdict, count(*) FROM feature_verdicts GROUP BY verdict")
    counts = dict(cursor.fetchall())
    cursor.execute(statement("importers", "fields_changed"), values)
    fields = cursor.fetchall()
    return {
        **{verdict: counts.get(verdict, 0) for verdict in VERDICTS},
        "fields_changed": {name: count for name, count in fields if name is not None},
        "geometry_changed": sum(count for name, count in fields if name is None),
        "examples": {verdict: _first_keys(cursor, verdict) for verdict in ("added", "changed", "removed")},
        "offset": offset_of(_offsets(cursor, values)),
    }


def _offsets(cursor: Any, values: dict[str, Any]) -> list[tuple[float, float]]:
    cursor.execute(statement("importers", "offsets"), values)
    return [(float(east), float(north)) for east, north in cursor.fetchall()]


def _first_keys(cursor: Any, verdict: str) -> list[str]:
    cursor.execute(statement("importers", "change_examples"), {"verdict": verdict, "most": KEPT_EXAMPLES})
    return [str(key) for (key,) in cursor.fetchall()]


def _tell(changes: dict[str, Any], report: Report) -> None:
    if changes["fields_changed"] or changes["geometry_changed"]:
        named = [f"{name} ({count})" for name, count in changes["fields_changed"].items()]
        report.tell("fields_changed", fields=", ".join(named) or "—", geometry=changes["geometry_changed"])
    held = changes["changed"] + changes["removed"] + changes["unchanged"]
    if changes["removed"] > settings.IMPORT_REMOVED_SHARE * held:
        limit = round(100 * settings.IMPORT_REMOVED_SHARE)
        report.tell("would_remove_much", removed=changes["removed"], held=held, limit=limit)
    offset = changes["offset"]
    if offset is not None:
        report.tell(offset["code"], metres=round(offset["metres"]), crs=offset["crs"])

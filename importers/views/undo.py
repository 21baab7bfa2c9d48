"""Undo an import: first what would happen, with every conflict in its three states; then it is asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from importers.actions.asking import ask_undo, may_undo
from importers.actions.undo import RowConflict, RowState, conflicts, undo_preview
from importers.rights import importers_only, person, run_of
from importers.run_errors import CannotNow
from importers.shown.targets import titles_for
from importers.views.run_parts import brings_back

MOST_SHOWN = 200
MOST_FIELDS = 40


@importers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    run = run_of(request, pk)
    if not may_undo(run) or run.asked:
        raise CannotNow()
    if request.method == "POST":
        ask_undo(run=run, user=person(request), back=_back(request))
        return redirect("importers:run", pk)
    preview = undo_preview(run)
    found = conflicts(run, limit=MOST_SHOWN) if preview.conflicts else []
    context = {
        "run": run,
        "target_title": titles_for([run])[run.pk],
        "preview": preview,
        "brings_back": run.undoes_id is not None and not brings_back(run),
        "conflicts": [_shown(conflict) for conflict in found],
        "more": preview.conflicts - len(found),
    }
    return render(request, "importers/undo.html", context)


def _back(request: HttpRequest) -> list[str] | None:
    """Keys of the conflicts that go back too; None for all of them, also those beyond the list."""
    if request.POST.get("all") == "back":
        return None
    return [
        str(request.POST.get(f"key-{name.removeprefix('row-')}", ""))
        for name, choice in request.POST.items()
        if name.startswith("row-") and choice == "back"
    ]


def _shown(conflict: RowConflict) -> dict[str, Any]:
    """A conflict with one line for every field that differs between its states."""
    states = (conflict.before, conflict.after, conflict.now)
    names = dict.fromkeys(name for state in states if state for name in state.properties)
    lines = [(name, [_value(state, name) for state in states]) for name in names]
    differing = [(name, values) for name, values in lines if len(set(values)) > 1][:MOST_FIELDS]
    shapes = [None if state is None or state.geom is None else state.geom.wkb for state in states]
    return {
        "key": conflict.key,
        "reason": conflict.reason,
        "lines": differing,
        "shape_differs": len({bytes(shape) if shape else b"" for shape in shapes}) > 1,
        "was": conflict.before is not None,
        "made": conflict.after is not None,
        "is_there": conflict.now is not None,
    }


def _value(state: RowState | None, name: str) -> str:
    if state is None:
        return "—"
    value = state.properties.get(name)
    return "" if value is None else str(value)[:200]

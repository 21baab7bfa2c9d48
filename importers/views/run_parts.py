"""Everything that the page of a run is made of."""

from typing import Any

from django.http import HttpRequest

from core.errors import PortalError
from importers.actions.asking import CHECKABLE, may_import, may_undo
from importers.forms.choices import COLUMNS, ChoicesForm
from importers.models import ImportRun, ImportState, SavedMapping
from importers.shown import evidence, mapping
from importers.shown.findings import findings_of
from importers.shown.parts import parts_of
from importers.shown.stage import STEPS, nobody_came, stage_of
from importers.shown.targets import layer_slug, map_path, titles_for

MOST_BEFORE, WAYS_FIRST = 5, 4
TABLES = (".csv", ".tsv", ".txt", ".xlsx")


def run_context(
    request: HttpRequest, run: ImportRun, *, form: ChoicesForm | None = None, mapping: str = ""
) -> dict[str, Any]:
    holds_again = is_back(run)
    stage, findings = stage_of(run, is_back=holds_again), findings_of(run)
    codes = {finding.get("code") for finding in run.findings}
    context = {
        "run": run,
        "stage": stage,
        "steps": STEPS,
        "target_title": titles_for([run])[run.pk],
        "nobody_came": nobody_came(run),
        "percent": round(100 * run.progress),
        "findings": findings,
        "asks_removals": bool(codes & {"would_remove_much", "removes_too_much"}),
        "changes": evidence.changes_of(run),
        "may_import": may_import(run) and not stage.at_work,
        "may_undo": may_undo(run) and not stage.at_work,
        "is_back": holds_again,
        "holds": run.state == ImportState.DONE or holds_again,
        "brings_back": brings_back(run),
        "map_path": map_path(run, request.user),
        "layer_slug": layer_slug(run),
        "before": _before(request, run),
        "undone_by": ImportRun.objects.visible_to(request.user).filter(undoes=run).first(),
        **_evidence(run),
        **_choices(request, run, form, mapping),
    }
    if context["form"] is None:
        return context
    return {**context, "asks": stage.code == "asks", "parts": parts_of(run, context)}


def is_back(run: ImportRun) -> bool:
    """It was undone, and that was undone."""
    return run.state == ImportState.UNDONE and run.pk in ImportRun.objects.back_again()


def brings_back(run: ImportRun) -> bool:
    """It is the undo of an undo, so it brought an import back."""
    times = 0
    while run.undoes is not None:
        times, run = times + 1, run.undoes
    return times > 0 and times % 2 == 0


def _evidence(run: ImportRun) -> dict[str, Any]:
    found, ways = run.evidence, evidence.ways_of(run)
    return {
        "ways": ways,
        "ways_first": [way for way in ways if way.chosen or way in ways[:WAYS_FIRST]],
        "ways_more": [way for way in ways[WAYS_FIRST:] if not way.chosen],
        "crs_sentence": (found.get("crs") or {}).get("sentence", ""),
        "encodings": evidence.encodings_of(run),
        "encoding_guessed": (found.get("encoding") or {}).get("guessed", False),
        "fields_changed": evidence.fields_changed_of(run),
        "shapes": evidence.shapes_of(run),
        "keys": found.get("keys") or {},
        "fields": evidence.fields_of(run),
        "has_sample": bool((found.get("sample") or {}).get("features")),
        "extent": found.get("extent"),
    }


def _choices(request: HttpRequest, run: ImportRun, form: ChoicesForm | None, saved_pk: str) -> dict[str, Any]:
    """The form of choices, where a check may still be asked for; nothing for a run that is over."""
    if run.state not in CHECKABLE or run.asked or not run.file:
        return {"form": None}
    form = form or ChoicesForm(run)
    saved = SavedMapping.objects.visible_to(request.user).filter(target=run.target)
    chosen = saved.filter(pk=int(saved_pk)).first() if saved_pk.isdecimal() and len(saved_pk) < 18 else None
    return {
        "form": form,
        "columns": [form[name] for name in COLUMNS],
        "needs_columns": _needs_columns(run),
        "saved_mappings": saved,
        "loaded_mapping": chosen,
        **_table(run, form, chosen.document if chosen else run.mapping),
        "inside": _layers_inside(run),
    }


def _table(run: ImportRun, form: ChoicesForm, document: dict[str, Any]) -> dict[str, Any]:
    fields = evidence.fields_of(run)
    try:
        targets = form.kind.fields(run.target_slug)
    except PortalError:
        targets = []
    names = [one["name"] for one in fields]
    return {
        "names": names,
        "is_open": form.kind.is_open,
        "target_rows": mapping.target_rows(targets, names, document) if targets and fields else [],
        "source_rows": mapping.source_rows(fields, document) if not targets else [],
        "key_names": list(dict.fromkeys([target.name for target in targets] or names)),
    }


def _needs_columns(run: ImportRun) -> bool:
    """Tables say in columns where their rows are."""
    asked = run.order.get("options", {})
    return run.file_name.lower().endswith(TABLES) or any(asked.get(name) for name in COLUMNS)


def _layers_inside(run: ImportRun) -> list[str]:
    """The layers of the file, where it has told that there are several."""
    for finding in run.findings:
        names = (finding.get("facts") or {}).get("layers")
        if finding.get("refusal") and names:
            return [name.strip() for name in str(names).split(",")]
    chosen = run.order.get("options", {}).get("source_layer")
    return [chosen] if chosen else []


def _before(request: HttpRequest, run: ImportRun) -> list[ImportRun]:
    """Earlier runs with exactly this file."""
    if not run.file_sha256 or run.undoes_id:
        return []
    same = ImportRun.objects.visible_to(request.user).filter(file_sha256=run.file_sha256, pk__lt=run.pk)
    return list(same.filter(undoes=None).defer("evidence", "findings")[:MOST_BEFORE])

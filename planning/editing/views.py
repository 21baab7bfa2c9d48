"""`/plan/layers/<slug>/edit/` and what its page asks: features, cut and joined shapes, a check, a save."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.views.decorators.http import require_POST, require_safe
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from core.errors import PortalError
from layers.actions import edit_features
from layers.editing.drafts import Act
from layers.editing.errors import ChangedMeanwhile, InvalidProperties
from layers.editing.shapes import read_shape
from layers.editing.snapping import snapped
from layers.editing.tags import held_states
from layers.models import GeometryKind, Theme
from layers.ogcapi.boxes import parse_box
from layers.ogcapi.sql import bounded
from layers.ogcapi.systems import crs84
from planning.editing.asked import Batch, batch_from, sent
from planning.editing.errors import NotUnderstood, Overlaps
from planning.editing.fields import form_fields
from planning.editing.opened import Opened, opened_layer
from planning.editing.shapes import cut, following, joined
from planning.editing.told import features_in, features_named, told_findings, told_shapes
from planning.editing.topology import Finding, findings, neighbours_of
from planning.rights import person, planners_only

DOORS = ("features", "shapes", "check", "save")


@planners_only
@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; `?key=` opens on one feature."""
    opened = opened_layer(person(request), slug)
    start: dict[str, Any] = {
        "kind": opened.layer.geometry_kind,
        "key_field": opened.layer.key_field,
        "title_field": opened.layer.title_field,
        "checks": _is_checked(opened),
        "fields": form_fields(opened),
        "urls": {name: reverse(f"planning:edit-{name}", args=[slug]) for name in DOORS},
    }
    key = request.GET.get("key", "")[:200]
    found = features_named(opened, [key])[key] if key else None
    start["first"] = found
    return render(request, "planning/editing/edit.html", {"layer": opened.layer, "start": start})


@planners_only
@require_safe
def features(request: HttpRequest, slug: str) -> HttpResponse:
    """What is in a box, with its tags."""
    opened = opened_layer(person(request), slug)
    box = parse_box(request.GET.get("bbox", ""), crs84())
    with bounded():
        return JsonResponse(features_in(opened, (box.west, box.south, box.east, box.north)))


@planners_only
@require_POST
def shapes(request: HttpRequest, slug: str) -> HttpResponse:
    """Cut, join or follow; nothing is saved."""
    opened = opened_layer(person(request), slug)
    given = sent(request)
    own = [_shape(opened, one) for one in _listed(given, "geometries")]
    act = given.get("act")
    if act == "split" and len(own) == 1:
        line = _shape(opened, given.get("line"))
        if not isinstance(line, LineString):
            raise NotUnderstood(what="line")
        found = cut(own[0], line)
    elif act == "merge" and len(own) > 1:
        found = [joined(own)]
    elif act == "trace" and len(own) == 1:
        without = {str(key) for key in _listed(given, "without")}
        found = [following(own[0], list(neighbours_of(opened, own, without).values()))]
    else:
        raise NotUnderstood(what="act")
    return JsonResponse({"geometries": told_shapes(found)})


@planners_only
@require_POST
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Overlaps and gaps that the changes would make; nothing is saved."""
    opened = opened_layer(person(request), slug)
    found = _found(opened, batch_from(sent(request)))
    return JsonResponse({"findings": told_findings(found)})


@planners_only
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """All changes as one revision, or none: refusals say what to do, and the page keeps everything."""
    user = person(request)
    opened = opened_layer(user, slug)
    batch = batch_from(sent(request))
    try:
        if _is_checked(opened) and not batch.confirmed:
            _refuse_overlaps(_found(opened, batch))
        edited = edit_features(
            user=user,
            slug=slug,
            edits=batch.edits,
            reason=batch.reason,
            valid_from=batch.valid_from,
            correction=batch.correction,
        )
    except PortalError as refusal:
        return _refused(opened, batch, refusal)
    number = edited.revision.number if edited.revision is not None else None
    return JsonResponse({"keys": edited.keys, "revision": number})


def _is_checked(opened: Opened) -> bool:
    """Parcels do not overlap; zones of other layers may."""
    is_surface = opened.layer.geometry_kind == GeometryKind.POLYGON
    return is_surface and opened.layer.theme == Theme.CADASTRE


def _found(opened: Opened, batch: Batch) -> list[Finding]:
    keys = {one.key for one in batch.edits if one.key}
    before = [one.shape for one in held_states(opened.source, keys).values() if one.shape is not None]
    own: dict[str, BaseGeometry] = {}
    for name, shape in batch.shapes.items():
        own[name] = snapped(shape, None, opened.source.rows, [*before, *own.values()])
    ended = {one.key for one in batch.edits if one.act == Act.END}
    moved = {one.key for one in batch.edits if one.draft.shape is not None}
    with bounded():
        around = neighbours_of(opened, [*own.values(), *before], ended | moved)
        return findings(own, before, around)


def _refuse_overlaps(found: list[Finding]) -> None:
    overlaps = [one for one in found if one.kind == "overlap"]
    if overlaps:
        area = number_format(round(sum(one.area_m2 for one in overlaps), 2))
        refusal = Overlaps(count=len(overlaps), area=area)
        refusal.facts["found"] = found
        raise refusal


def _refused(opened: Opened, batch: Batch, refusal: PortalError) -> HttpResponse:
    told: dict[str, Any] = {"code": refusal.code, "message": str(refusal)}
    at = refusal.facts.get("at")
    if isinstance(at, int):
        told["name"] = batch.names[at]
    if isinstance(refusal, InvalidProperties):
        told["fields"] = {problem.name: problem.sentence for problem in refusal.problems}
    if isinstance(refusal, ChangedMeanwhile):
        told["now"] = features_named(opened, refusal.keys)
    if isinstance(refusal, Overlaps):
        told["findings"] = told_findings(refusal.facts["found"])  # type: ignore[arg-type]
    return JsonResponse(told, status=refusal.status)


def _listed(given: dict[str, Any], name: str) -> list[Any]:
    found = given.get(name, [])
    if not isinstance(found, list) or len(found) > 100:
        raise NotUnderstood(what=name)
    return found


def _shape(opened: Opened, given: Any) -> BaseGeometry:
    shape = read_shape(given, crs84())
    if shape is None:
        raise NotUnderstood(what="geometry")
    return snapped(shape, None, opened.source.rows, [])

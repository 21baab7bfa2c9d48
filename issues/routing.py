"""Who must act: ordered rules over category, asset, area and layers, with the trace that explains the answer."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import F, Func, Q, QuerySet

from assets.models import Asset
from issues.errors import NoHelpDeskYet
from issues.models import Category, RoutingRule
from layers.models import Feature, Layer
from municipality.models import Area, Department

Check = dict[str, Any]


@dataclass(frozen=True)
class Decision:
    """The department that must act, the rule that said so (None: nobody's rule, the help desk), and why."""

    department: Department
    rule: RoutingRule | None
    area: Area | None
    trace: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Case:
    category: Category
    lineage: tuple[int, ...]
    location: Point
    asset: Asset | None
    areas: dict[int, Area]


def route(*, category: Category, location: Point, asset: Asset | None = None) -> Decision:
    """Decide for a pin in the storage CRS. Raises NoHelpDeskYet when no rule matches and nobody catches it."""
    areas = {area.pk: area for area in _areas_at(location)}
    case = _Case(category, lineage(category), location, asset, areas)
    smallest = next(iter(areas.values()), None)
    trace: list[dict[str, Any]] = []
    for rule in _candidates(case):
        checks = _checks(rule, case)
        matched = all(check["held"] for check in checks)
        trace.append(_entry(rule, checks, matched))
        if matched:
            return Decision(rule.department, rule, smallest, trace)
    return Decision(_help_desk(), None, smallest, [*trace, _unmatched(case)])


def lineage(category: Category) -> tuple[int, ...]:
    """Ids of the category and its ancestors, nearest first."""
    ids: list[int] = []
    node: Category | None = category
    while node is not None and node.pk not in ids:
        ids.append(node.pk)
        node = node.parent
    return tuple(ids)


def area_at(location: Point) -> Area | None:
    """The smallest area of the municipality that covers the point (storage CRS)."""
    return next(iter(_areas_at(location)), None)


def _areas_at(location: Point) -> QuerySet[Area]:
    return Area.objects.inside_home().containing(location).defer("boundary", "boundary_web").smallest_first()


def _candidates(case: _Case) -> QuerySet[RoutingRule]:
    """Rules that category, area and asset do not rule out; the database sifts, so many rules cost little."""
    asset = case.asset
    return (
        RoutingRule.objects.active()
        .filter(Q(category=None) | Q(category__in=case.lineage))
        .filter(Q(area=None) | Q(area__in=case.areas.keys()))
        .filter(Q(asset_type=None) | Q(asset_type=asset.type_id if asset else None))
        .filter(Q(asset_owner=None) | Q(asset_owner=asset.owner_id if asset else None))
        .select_related("department", "category", "layer", "asset_type", "asset_owner")
        .order_by("position", "pk")
    )


def _checks(rule: RoutingRule, case: _Case) -> list[Check]:
    checks: list[Check] = []
    if rule.category is not None:
        checks.append({"what": "category", "held": True, **_names(rule.category, "title")})
    if rule.asset_type is not None and case.asset is not None:
        checks.append(
            {"what": "asset", "held": True, "code": case.asset.code, **_names(rule.asset_type, "title")}
        )
    if rule.asset_owner is not None:
        checks.append({"what": "asset_owner", "held": True, **_names(rule.asset_owner, "name")})
    if rule.area_id is not None:
        checks.append(_area_check(case.areas[rule.area_id], case.location))
    if rule.layer is not None:
        checks.append(_layer_check(rule, rule.layer, case.location))
    return checks


def _area_check(area: Area, location: Point) -> Check:
    outline = Func(
        F("boundary"), function="ST_Boundary", output_field=GeometryField(srid=settings.STORAGE_SRID)
    )
    edge = (
        Area.objects.filter(pk=area.pk)
        .annotate(edge=Distance(outline, location))
        .values_list("edge", flat=True)
        .first()
    )
    metres = round(edge.m, 1) if edge is not None else None
    return {"what": "area", "held": True, "area": area.pk, "edge_metres": metres, **_names(area, "name")}


def _layer_check(rule: RoutingRule, layer: Layer, location: Point) -> Check:
    found = (
        Feature.objects.of_layer(layer.pk)
        .current()
        .filter(geom__dwithin=(location, rule.layer_distance_metres))
        .filter(_where(rule.layer_where))
        .annotate(away=Distance("geom", location))
        .order_by("away")
        .values_list("key", "away")
        .first()
    )
    facts: Check = {"within_metres": rule.layer_distance_metres, "where": rule.layer_where}
    if found is not None:
        facts |= {"feature": found[0], "distance_metres": round(found[1].m, 1)}
    return {"what": "layer", "held": found is not None, **facts, **_names(layer, "title")}


def _where(conditions: list[dict[str, Any]]) -> Q:
    """Conditions on the properties of a feature; numbers and texts compare as text."""
    where = Q()
    for condition in conditions:
        values = condition["value"] if condition.get("op") == "in" else [condition["value"]]
        where &= Q(**{f"properties__{condition['field']}__in": values})
    return where


def _help_desk() -> Department:
    desk = Department.objects.help_desk()
    if desk is None:
        raise NoHelpDeskYet()
    return desk


def _entry(rule: RoutingRule, checks: list[Check], matched: bool) -> dict[str, Any]:
    department = _names(rule.department, "name")
    return {
        "rule": rule.pk,
        "matched": matched,
        "checks": checks,
        "department": department,
        **_names(rule, "name"),
    }


def _unmatched(case: _Case) -> dict[str, Any]:
    return {"rule": None, "matched": True, "checks": [], **_names(case.category, "title")}


def _names(row: Any, attribute: str) -> dict[str, str]:
    el = getattr(row, attribute)
    return {"name": el, "name_en": getattr(row, f"{attribute}_en") or el}

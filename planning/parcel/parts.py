"""Which part each layer plays in the answer for a plot: what its schema declares, else what its theme suggests.

The schema of a layer may carry `x-part` (a Kind), and each of its fields `x-role` (one of ROLES): decision 0016.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import hypot
from typing import Any

from core.languages import entry_in_reader_language
from issues.map_layers import OPEN_ISSUES
from layers.exports.survey import facts_of
from layers.models import GeometryKind, Layer, Theme
from layers.sources import Download, FeatureSource, offered_sources
from municipality.roles import AnyUser

#: Between two layers brought to EPSG:2100 from elsewhere: PROJ's one operation is good to this many metres.
DATUM_METRES = 1.0
#: A line drawn on paper is good to half a millimetre of the sheet.
DRAWN_METRES = 0.0005


class Kind(StrEnum):
    PLOT = "plot"
    ZONE = "zone"
    RESERVATION = "reservation"
    PROTECTION = "protection"
    PLAN_LIMIT = "plan-limit"
    BLOCK = "block"
    STREET_LINE = "street-line"
    BUILDING_LINE = "building-line"
    BUILDING = "building"
    NETWORK = "network"
    PROPERTY = "property"
    ASSET = "asset"
    ISSUE = "issue"
    AREA = "area"
    NONE = "none"


KINDS = frozenset(kind.value for kind in Kind)
#: What a field of a layer tells, whatever it is called there.
ROLES = (
    *("name", "kind", "land_use", "plan", "decree", "gazette", "in_force", "state", "number"),
    *("floor_area_ratio", "coverage", "max_height_m", "least_plot_m2", "least_front_m"),
    *("front_yard_m", "side_yard_m", "building_system"),
    *("address", "block", "declared_area_m2", "floors", "period"),
)
SURFACE, FLAT = (GeometryKind.POLYGON, GeometryKind.MIXED), (GeometryKind.LINE, GeometryKind.POINT)
BY_THEME: dict[str, tuple[Kind, tuple[str, ...]]] = {
    Theme.CADASTRE: (Kind.PLOT, SURFACE),
    Theme.LAND_USE: (Kind.ZONE, SURFACE),
    Theme.ENVIRONMENT: (Kind.PROTECTION, SURFACE),
    Theme.NETWORKS: (Kind.NETWORK, FLAT),
    Theme.PROPERTY: (Kind.PROPERTY, SURFACE),
    Theme.ASSETS: (Kind.ASSET, tuple(GeometryKind.values)),
    Theme.AREAS: (Kind.AREA, SURFACE),
}


@dataclass(frozen=True)
class Part:
    """A source that the reader may see, in its part. `roles` maps a role to the name of the field that tells it;
    fields hidden from the reader are not among them. `accuracy_metres` None: nobody stated it."""

    source: FeatureSource
    kind: Kind
    roles: Mapping[str, str] = field(default_factory=dict)
    title_field: str = ""
    accuracy_metres: float | None = None

    @cached_property
    def facts(self) -> Download:
        return facts_of(self.source)

    @property
    def title(self) -> str:
        return str(self.source.title)

    @property
    def schema(self) -> Mapping[str, Any]:
        return self.facts.schema

    def told(self, properties: Mapping[str, Any], role: str) -> Any:
        """What the field of that role says; None where none has it or it says nothing."""
        value = properties.get(self.roles.get(role, ""))
        return None if value in ("", []) else value

    def name_of(self, key: str, properties: Mapping[str, Any]) -> str:
        """What people call a row of this source, in the reader's language."""
        if self.kind == Kind.BUILDING:
            return key
        named = self.roles.get("name") or self.title_field
        return entry_in_reader_language(properties, named) or key


def parts_for(user: AnyUser) -> list[Part]:
    """Every source that plays a part for this reader, in the order in which it is offered."""
    layers = {layer.slug: layer for layer in Layer.objects.visible_to(user)}
    parts = (_part(source, layers.get(source.slug)) for source in offered_sources(user))
    return [part for part in parts if part.kind != Kind.NONE and part.source.geometry]


def of_kind(parts: Iterable[Part], *kinds: Kind) -> list[Part]:
    return [part for part in parts if part.kind in kinds]


def apart_metres(plot: Part, other: Part) -> float:
    """How far a border of the one may lie from where it belongs against the other: datum, and both accuracies."""
    return hypot(DATUM_METRES, plot.accuracy_metres or 0, other.accuracy_metres or 0)


def _part(source: FeatureSource, layer: Layer | None) -> Part:
    schema = facts_of(source).schema
    fields = schema.get("properties", {})
    roles = {entry.get("x-role"): name for name, entry in fields.items()}
    return Part(
        source,
        _kind(source, str(schema.get("x-part", ""))),
        {role: roles[role] for role in ROLES if role in roles},
        layer.title_field if layer else "",
        _accuracy(layer) if layer else None,
    )


def _kind(source: FeatureSource, declared: str) -> Kind:
    if declared in KINDS:
        return Kind(declared)
    if source.slug == OPEN_ISSUES.slug:
        return Kind.ISSUE
    kind, shapes = BY_THEME.get(source.theme, (Kind.NONE, ()))
    return kind if source.geometry_kind in shapes else Kind.NONE


def _accuracy(layer: Layer) -> float | None:
    if layer.accuracy_metres is not None:
        return layer.accuracy_metres
    return DRAWN_METRES * layer.scale if layer.scale else None

"""What one reader is told of a layer that the reader may see: which of its fields, and which of its rows.

Whoever reads features takes them from `layers.sources`, where this is done already. Who has a `Feature` in hand tells
of it what `told_properties` gives. How to hide: docs/howto/hide-fields-and-rows.md.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, F, JSONField, Q, Value

from core.errors import PortalError
from layers.ogcapi.sql import Sql
from layers.style_properties import style_properties
from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from layers.models import Feature, Layer
    from layers.querysets import FeatureQuerySet

# Who sees one sees those before it.
LEVELS = ("public", "staff", "departments")
TOLD = "told_properties"
# What a schema says beside its fields, without a word on any of them.
ABOUT_ALL = ("$schema", "type", "title", "title_en", "description", "additionalProperties")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class View:
    """Readers whose view has the same `name` are told the same: "" is what everybody is told who sees no more than
    the layer itself. `hidden` are the fields that are not told; where `is_ruled`, only rows are told for which the
    layer's `public_rows` is true."""

    layer: "Layer"
    name: str = ""
    hidden: tuple[str, ...] = ()
    is_ruled: bool = False

    @property
    def is_whole(self) -> bool:
        return not self.hidden and not self.is_ruled

    @property
    def json_properties(self) -> str:
        """The name under which `rows` has the properties."""
        return TOLD if self.hidden else "properties"

    @property
    def schema(self) -> dict[str, Any]:
        """The layer's field schema without what is hidden."""
        whole: dict[str, Any] = self.layer.field_schema
        if not self.hidden:
            return whole
        fields = {name: entry for name, entry in whole["properties"].items() if name not in self.hidden}
        told = {name: whole[name] for name in ABOUT_ALL if name in whole} | {"properties": fields}
        required = [name for name in whole.get("required", ()) if name in fields]
        return told | ({"required": required} if required else {})

    @property
    def style(self) -> list[dict[str, Any]]:
        return told_style(self.layer.style, self.hidden)

    def rows(self, features: "FeatureQuerySet") -> "FeatureQuerySet":
        """Features of the layer, those that are told, with `json_properties`."""
        told = features.filter(_condition(self.layer)) if self.is_ruled else features
        if not self.hidden:
            return told
        text = "({0} - CAST({1} AS text[]))"
        names = Value(list(self.hidden))
        return told.annotate(**{TOLD: Sql(text, F("properties"), names, output=JSONField())})

    def properties(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in given.items() if name not in self.hidden}


def view_of(layer: "Layer", user: AnyUser) -> View:
    """Of a layer that came from `visible_to`. Asks the database only where departments see more than others."""
    fields = {name: _level(entry.get("visibility")) for name, entry in _fields(layer)}
    others = _level(layer.other_rows) if layer.public_rows.strip() else 0
    asked = {*fields.values(), others}
    if not any(asked):
        return View(layer)
    reached = _level_of(layer, user, max(asked))
    hidden = tuple(sorted(name for name, level in fields.items() if level > reached))
    name = LEVELS[max((level for level in asked if level <= reached), default=0)]
    return View(layer, "" if name == LEVELS[0] else name, hidden, is_ruled=others > reached)


def told_properties(feature: "Feature", user: AnyUser) -> dict[str, Any]:
    """What this reader is told of a feature that came from `visible_to`."""
    return view_of(feature.layer, user).properties(feature.properties)


def told_style(style: Iterable[dict[str, Any]], hidden: Iterable[str]) -> list[dict[str, Any]]:
    """The fragments that read nothing hidden: what they compare with would tell what the fields may hold."""
    secret = set(hidden)
    return [fragment for fragment in style if not secret.intersection(style_properties([fragment]))]


def open_rows(user: AnyUser) -> Q:
    """Which features, of whichever layers that this reader may see, the reader is told."""
    from layers.models import Layer

    layers = Layer.objects.visible_to(user).exclude(public_rows="")
    ruled = [layer for layer in layers if view_of(layer, user).is_ruled]
    told = ~Q(layer__in=[layer.pk for layer in ruled]) if ruled else Q()
    for layer in ruled:
        told |= Q(layer=layer.pk) & Q(_condition(layer))
    return told


def open_looks(user: AnyUser) -> Q:
    """Which looks, of whichever layers that this reader may see, read nothing hidden from the reader: what they compare
    with would tell what the fields may hold."""
    from layers.models import Layer

    told = Q()
    for layer in Layer.objects.visible_to(user).filter(styles__isnull=False).distinct():
        hidden = view_of(layer, user).hidden
        if hidden:
            told &= ~Q(layer=layer.pk, spec__seen__reads__has_any_keys=hidden)
    return told


def row_rule(layer: "Layer") -> Sql:
    """The layer's `public_rows` as a condition on its features. Raises a BadFilter that says what is wrong, where."""
    # Filters ask collections, which are made of sources, which are made of views.
    from layers.ogcapi.collections import Collection
    from layers.ogcapi.filters import LANGUAGES, condition_from
    from layers.ogcapi.systems import crs84
    from layers.sources import Download, FeatureSource

    facts = Download(json_properties="properties", schema=layer.field_schema, key_name=layer.key_field)
    whole = FeatureSource(
        slug=layer.slug,
        title=layer.title,
        theme=layer.theme,
        geometry_kind=layer.geometry_kind,
        rows=type(layer).objects.none(),
        web_geometry="geom_web",
        geometry="geom",
        key="key",
        revision=layer.revision,
        download=facts,
    )
    return condition_from(Collection(whole), layer.public_rows, LANGUAGES[0], crs84())


def _condition(layer: "Layer") -> Sql:
    """A rule that cannot be read, such as one on a field that is no more, shows no row."""
    try:
        return row_rule(layer)
    except PortalError:
        logger.exception("the rule for the public rows of the layer %s cannot be read", layer.slug)
        return Sql("FALSE", output=BooleanField())


def _fields(layer: "Layer") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, entry in layer.field_schema.get("properties", {}).items():
        yield name, entry if isinstance(entry, Mapping) else {}


def _level(visibility: Any) -> int:
    """A word that is not known hides as much as can be hidden."""
    if not visibility:
        return 0
    return LEVELS.index(visibility) if visibility in LEVELS else len(LEVELS) - 1


def _level_of(layer: "Layer", user: AnyUser, highest: int) -> int:
    """How much of the layer this reader is told, as far as `highest` makes a difference."""
    rights = rights_of(user)
    if rights.has(Role.ADMINISTRATOR):
        return highest
    if not rights.is_staff:
        return 0
    if highest < len(LEVELS) - 1:
        return 1
    own: frozenset[int] = frozenset().union(*rights.departments.values())
    return 2 if layer.departments.filter(pk__in=own).exists() else 1

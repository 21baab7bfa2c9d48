"""Keep an overlay or zonal statistics as a layer of the staff: the surfaces with their figures."""

from collections.abc import Iterator
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from layers.actions import FeatureState, create_layer, write_features
from layers.actions.layers import Cause
from layers.models import GeometryKind, Layer, Theme, Visibility
from planning.overlay import files
from planning.overlay.errors import NothingToKeep
from planning.overlay.results import Overlay
from planning.overlay.shapes import Surface
from planning.overlay.table import name_of
from planning.zonal import table
from planning.zonal.results import Zonal


def keep_overlay(*, found: Overlay, surfaces: list[Surface], title: str, user: User) -> Layer:
    """A new layer of the staff; where the figures are from stands in its source. Raises NothingToKeep."""
    if not any(cell.rows for cell in found.cells.values()):
        raise NothingToKeep()
    states = (_state(one, files.properties_of(found, one.name)) for one in surfaces)
    source = _source(found.what_title, found.by_title)
    return _keep("overlay", title, files.fields_of_layer(found), states, source, user)


def keep_zonal(*, found: Zonal, surfaces: list[Surface], title: str, user: User) -> Layer:
    """As `keep_overlay`."""
    if not any(zone.cells for zone in found.zones):
        raise NothingToKeep()
    zones, values = {zone.name: zone for zone in found.zones}, found.values
    there = (one for one in surfaces if one.name in zones)
    states = (_state(one, table.properties_of(zones[one.name], values)) for one in there)
    source = _source(found.raster_title, found.by_title)
    return _keep("zonal", title, table.fields_of_layer(found), states, source, user)


def _source(what: str, by: str) -> str:
    day = timezone.localdate().isoformat()
    return _("%(what)s by %(by)s, reckoned on %(day)s") % {"what": what, "by": by, "day": day}


def _state(surface: Surface, properties: dict[str, Any]) -> FeatureState:
    return FeatureState(name_of(surface.name)[:200], properties, GEOSGeometry(memoryview(surface.ewkb)))


@transaction.atomic
def _keep(
    stem: str,
    title: str,
    fields: dict[str, Any],
    states: Iterator[FeatureState],
    source: str,
    user: User,
) -> Layer:
    layer = create_layer(
        slug=free_slug(stem),
        title=title[:200],
        theme=Theme.LAND_USE,
        geometry_kind=GeometryKind.POLYGON,
        visibility=Visibility.STAFF,
        # Figures rule nothing, so they play no part in the answer for a plot.
        field_schema={"type": "object", "x-part": "none", "properties": fields},
        key_field="name",
        title_field="name",
        source=source[:300],
    )
    write_features(layer=layer, states=states, recorded_at=timezone.now(), cause=Cause(user, source))
    return layer


def free_slug(stem: str) -> str:
    """`stem-2026-11-22`, with a number where that is taken."""
    first = f"{stem}-{timezone.localdate().isoformat()}"
    taken = set(Layer.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)

"""Keep an overlay or zonal statistics as a layer of the staff: the surfaces with their figures."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from layers.actions import FeatureState, create_layer, write_features
from layers.actions.layers import Cause
from layers.models import GeometryKind, Layer, Raster, Theme, Visibility
from layers.visibility import view_of
from planning.overlay import files
from planning.overlay.errors import NothingToKeep
from planning.overlay.results import Overlay
from planning.overlay.shapes import Surface
from planning.overlay.table import name_of
from planning.zonal import table
from planning.zonal.results import Zonal

Slugs = Collection[str]


def keep_overlay(*, found: Overlay, surfaces: list[Surface], title: str, slugs: Slugs, user: User) -> Layer:
    """A new layer of the staff, or of the departments that alone see what it was made of (`slugs`); where the figures
    are from stands in its source. Raises NothingToKeep."""
    if not any(cell.rows for cell in found.cells.values()):
        raise NothingToKeep()
    states = (_state(one, files.properties_of(found, one.name)) for one in surfaces)
    source = _source(found.what_title, found.by_title)
    return _keep("overlay", title, files.fields_of_layer(found), states, source, slugs, user)


def keep_zonal(*, found: Zonal, surfaces: list[Surface], title: str, slugs: Slugs, user: User) -> Layer:
    """As `keep_overlay`."""
    if not any(zone.cells for zone in found.zones):
        raise NothingToKeep()
    zones, values = {zone.name: zone for zone in found.zones}, found.values
    there = (one for one in surfaces if one.name in zones)
    states = (_state(one, table.properties_of(zones[one.name], values)) for one in there)
    source = _source(found.raster_title, found.by_title)
    return _keep("zonal", title, table.fields_of_layer(found), states, source, slugs, user)


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
    slugs: Slugs,
    user: User,
) -> Layer:
    layer = create_layer(
        slug=free_slug(stem),
        title=title[:200],
        theme=Theme.LAND_USE,
        geometry_kind=GeometryKind.POLYGON,
        **_audience(slugs, user),
        # Figures rule nothing, so they play no part in the answer for a plot.
        field_schema={"type": "object", "x-part": "none", "properties": fields},
        key_field="name",
        title_field="name",
        source=source[:300],
    )
    write_features(layer=layer, states=states, recorded_at=timezone.now(), cause=Cause(user, source))
    return layer


def _audience(slugs: Slugs, user: User) -> dict[str, Any]:
    """Figures tell of what they were made of: where one of these is for chosen departments, so is the new layer, for
    those that see them all."""
    layers = Layer.objects.visible_to(user).filter(slug__in=slugs)
    closed = [
        one for one in layers if one.visibility == Visibility.DEPARTMENTS or _closed_in_parts(one, user)
    ]
    rasters = Raster.objects.visible_to(user).filter(slug__in=slugs, visibility=Visibility.DEPARTMENTS)
    if not closed and not rasters:
        return {"visibility": Visibility.STAFF}
    seen = [set(one.departments.all()) for one in closed] + [set() for _raster in rasters]
    return {"visibility": Visibility.DEPARTMENTS, "departments": list(set.intersection(*seen))}


def _closed_in_parts(layer: Layer, user: User) -> bool:
    """Is this reader told fields or rows of it that only chosen departments are told?"""
    return view_of(layer, user).name == Visibility.DEPARTMENTS


def free_slug(stem: str) -> str:
    """`stem-2026-11-22`, with a number where that is taken."""
    first = f"{stem}-{timezone.localdate().isoformat()}"
    taken = set(Layer.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)

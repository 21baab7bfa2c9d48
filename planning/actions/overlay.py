"""Keep an overlay as a layer of the staff: its surfaces with their figures."""

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from layers.actions import FeatureState, create_layer, write_features
from layers.actions.layers import Cause
from layers.models import GeometryKind, Layer, Theme, Visibility
from planning.overlay.errors import NothingToKeep
from planning.overlay.files import fields_of_layer, properties_of
from planning.overlay.results import Overlay
from planning.overlay.shapes import Surface
from planning.overlay.table import name_of


@transaction.atomic
def keep_overlay(*, found: Overlay, surfaces: list[Surface], title: str, user: User) -> Layer:
    """A new layer of the staff; where the figures are from stands in its source. Raises NothingToKeep."""
    if not any(cell.rows for cell in found.cells.values()):
        raise NothingToKeep()
    moment = timezone.now()
    source = _("%(what)s by %(by)s, reckoned on %(day)s") % {
        "what": found.what_title,
        "by": found.by_title,
        "day": timezone.localdate().isoformat(),
    }
    layer = create_layer(
        slug=free_slug("overlay"),
        title=title[:200],
        theme=Theme.LAND_USE,
        geometry_kind=GeometryKind.POLYGON,
        visibility=Visibility.STAFF,
        field_schema={"type": "object", "properties": fields_of_layer(found)},
        key_field="name",
        title_field="name",
        source=source[:300],
    )
    states = (
        FeatureState(name_of(one.name), properties_of(found, one.name), GEOSGeometry(memoryview(one.ewkb)))
        for one in surfaces
    )
    write_features(layer=layer, states=states, recorded_at=moment, cause=Cause(user, source))
    return layer


def free_slug(stem: str) -> str:
    """`stem-2026-11-22`, with a number where that is taken."""
    first = f"{stem}-{timezone.localdate().isoformat()}"
    taken = set(Layer.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)

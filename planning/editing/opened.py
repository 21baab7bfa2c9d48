"""A layer that somebody may edit, as they see it."""

from dataclasses import dataclass

from accounts.models import User
from core.errors import NotFound
from layers.models import Layer
from layers.sources import FeatureSource, source_for
from planning.editing.errors import ClosedForEditing


@dataclass(frozen=True)
class Opened:
    layer: Layer
    source: FeatureSource


def opened_layer(user: User, slug: str) -> Opened:
    """Raises NotFound for one that is not there, or not for this user, and ClosedForEditing."""
    layer = Layer.objects.visible_to(user).filter(slug=slug).first()
    if layer is None:
        raise NotFound()
    if not layer.is_editable:
        raise ClosedForEditing(layer=layer)
    return Opened(layer, source_for(user, slug))

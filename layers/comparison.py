"""Two states of one feature side by side: every field, and which of them changed."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from layers.facts import label_of, names_of, told_of
from layers.measures import measures_of
from layers.models import Feature


@dataclass(frozen=True)
class Pair:
    """One field of both states, in the reader's words."""

    label: str
    before: str
    after: str
    is_changed: bool


def compared(before: Feature, after: Feature) -> list[Pair]:
    """The fields that either has, those that changed first; the shape is told by its measure."""
    schema = after.layer.field_schema
    pairs = [
        Pair(
            label_of(name, schema),
            told_of(before.properties, name, schema),
            told_of(after.properties, name, schema),
            before.properties.get(name) != after.properties.get(name),
        )
        for name in names_of(schema, before.properties, after.properties)
        if before.properties.get(name) or after.properties.get(name)
    ]
    if before.geom or after.geom:
        is_moved = _bytes(before) != _bytes(after)
        pairs.append(Pair(_("Shape and place"), _shape(before), _shape(after), is_moved))
    return sorted(pairs, key=lambda pair: not pair.is_changed)


def _bytes(feature: Feature) -> bytes:
    return bytes(feature.geom.ewkb) if feature.geom is not None else b""


def _shape(feature: Feature) -> str:
    """Its area or length; a point by its place in the storage CRS."""
    if feature.geom is None:
        return _("none")
    measures = measures_of(feature.geom)
    if measures.area_m2 is not None:
        return _("%(value)s m²") % {"value": number_format(measures.area_m2, 1, force_grouping=True)}
    if measures.length_metres is not None:
        return _("%(value)s m") % {"value": number_format(measures.length_metres, 1, force_grouping=True)}
    place = feature.geom.centroid
    return f"{number_format(place.x, 2)} / {number_format(place.y, 2)}"

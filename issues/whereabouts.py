"""A pin in words: the nearest address, the area, and whether this municipality may act there."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils import translation
from django.utils.translation import gettext as _

from core.nearest import knn_distance
from issues.actions.report import refuse_outside
from issues.errors import OutsideMunicipality
from issues.routing import area_at
from layers.models import Place, PlaceKind

AT_METRES = 40
NEAR_METRES = 250


@dataclass(frozen=True)
class Whereabouts:
    """`refusal` is empty inside the municipality, else the sentence that names the neighbour where known."""

    address: str
    area: str
    refusal: str = ""
    neighbour: str = ""

    @property
    def is_inside(self) -> bool:
        return not self.refusal

    def __str__(self) -> str:
        return " · ".join(part for part in (self.address, self.area) if part)


def whereabouts(location: Point) -> Whereabouts:
    """Describe a point in the storage CRS, in the reader's language."""
    try:
        refuse_outside(location)
    except OutsideMunicipality as error:
        return Whereabouts("", "", str(error), str(error.facts.get("neighbour", "")))
    area = area_at(location)
    return Whereabouts(address_near(location), str(area) if area is not None and not area.is_home else "")


def address_near(location: Point) -> str:
    """The house number next to the pin, else the nearest name with its distance; empty far from everything."""
    house = _nearest(location, AT_METRES, PlaceKind.ADDRESS)
    if house is not None:
        return str(house)
    place = _nearest(location, NEAR_METRES, PlaceKind.ADDRESS, PlaceKind.STREET, PlaceKind.POI)
    if place is None:
        return ""
    metres = round(place.distance)  # type: ignore[attr-defined]
    if metres <= AT_METRES:
        return str(place)
    return _("%(metres)d m from %(place)s") % {"metres": round(metres, -1), "place": place}


def home_address(location: Point) -> str:
    """`address_near` in the municipality's own language: what is stored with a report."""
    with translation.override(settings.LANGUAGE_CODE):
        return address_near(location)


def _nearest(location: Point, metres: float, *kinds: str) -> Place | None:
    return (
        Place.objects.filter(kind__in=kinds, location__dwithin=(location, metres))
        .annotate(distance=knn_distance("location", location))
        .order_by("distance")
        .first()
    )

"""Where a report is: read from the pin, from an asset, or from what a person typed instead of using a map."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.http import QueryDict

from assets.models import Asset
from core.errors import BadCoordinates
from core.geo import LonLat, to_lonlat
from layers.search import search
from municipality.roles import AnyUser

TWO_NUMBERS = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)\s*")
LONGEST_PAIR = 80  # The pattern is read again from every blank, so a long text would keep the server busy.
LARGEST_DEGREE = 180
MOST_PLACES = 8


@dataclass(frozen=True)
class Candidate:
    """A place a person may have meant; `value` is what the form sends back."""

    name: str
    context: str
    value: str


def typed_coordinates(text: str) -> LonLat | None:
    """“38.2462, 21.7351” (latitude first, as maps show it) or metres of the storage CRS, east first."""
    match = TWO_NUMBERS.fullmatch(text[:LONGEST_PAIR])
    if match is None:
        return None
    first, second = (float(number.replace(",", ".")) for number in match.groups())
    try:
        if max(abs(first), abs(second)) <= LARGEST_DEGREE:
            return LonLat.parse(second, first)
        place = to_lonlat(Point(first, second, srid=settings.STORAGE_SRID))
    except BadCoordinates:
        return None
    return LonLat(place.x, place.y)


def find_places(user: AnyUser, text: str) -> list[Candidate]:
    """What the search of the map finds by the text, in Greek or greeklish, best first."""
    hits = search(user, text, limit=MOST_PLACES)
    return [Candidate(hit.title, hit.context, f"{hit.lat:.7f},{hit.lon:.7f}") for hit in hits]


def settled(data: QueryDict) -> QueryDict:
    """A copy in which a place chosen from the list, or typed as coordinates, became the pin."""
    copy = data.copy()
    chosen = typed_coordinates(data.get("place", "") or "")
    if chosen is None and not data.get("lon"):
        chosen = typed_coordinates(data.get("q", "") or "")
    if chosen is not None:
        copy["lon"], copy["lat"] = f"{chosen.lon:.7f}", f"{chosen.lat:.7f}"
    copy.pop("place", None)
    return copy


def asset_named(value: str, user: AnyUser) -> Asset | None:
    """The standing asset written as `<type>:<code>`, or None."""
    slug, _, code = value.partition(":")
    return (
        Asset.objects.visible_to(user)
        .standing()
        .of_type(slug)
        .filter(code=code)
        .select_related("type")
        .first()
    )


def place_of(asset: Asset, pin: Point | None) -> Point:
    """Where a report about an asset is: the asset's own point; on a line or an area the pin stays."""
    if isinstance(asset.location, Point):
        return asset.location
    return pin if pin is not None else asset.location.point_on_surface

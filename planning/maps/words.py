"""Reads a planning map from the words of an address, as planning/static/planning/maps/permalink.js writes them."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from planning.maps.content import MapContent, parse
from planning.maps.errors import BadMap

FILTER = "filter."


def content_from(query: QueryDict) -> MapContent:
    """Of `layers=a~0.5~look,b`, `filter.a=`, `valid=`, `known=`, `map=zoom/lat/lon`; other words are not for us.
    Raises BadMap."""
    document: dict[str, Any] = {name: query[name] for name in ("valid", "known") if query.get(name)}
    if "layers" in query:
        document["layers"] = [_layer(text, query) for text in str(query["layers"]).split(",") if text]
    if query.get("map"):
        document |= _place(str(query["map"]))
    return parse(document)


def _layer(text: str, query: QueryDict) -> dict[str, Any]:
    slug, opacity, style = [*text.split("~"), "", ""][:3]
    found: dict[str, Any] = {"slug": slug, "style": style, "filter": query.get(FILTER + slug, "")}
    return found | ({"opacity": _number(opacity, f"layers.{slug}")} if opacity else {})


def _place(text: str) -> dict[str, Any]:
    numbers = [_number(part, "map") for part in text.split("/")]
    if len(numbers) != 3:
        raise BadMap(place="map", reason=_("It must be zoom/latitude/longitude."))
    zoom, latitude, longitude = numbers
    return {"zoom": zoom, "center": [longitude, latitude]}


def _number(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise BadMap(place=place, reason=_("It must be a number.")) from error

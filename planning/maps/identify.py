"""What is here: the features at a place in all layers of a map, told in its order, top first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import cos, radians
from time import monotonic
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.errors import NotFound
from core.geo import LonLat, to_lonlat
from core.languages import entry_in_reader_language
from layers.exports.survey import facts_of as download_of
from layers.facts import Fact
from layers.facts import facts_of as facts_in_words
from layers.measures import Measures, measures_of
from layers.models import GeometryKind
from layers.moments import AsOf
from layers.ogcapi.errors import TooCostly
from layers.ogcapi.fields import expression
from layers.ogcapi.sql import bounded
from layers.sources import FeatureSource, source_for
from layers.tiles_past import asked_source
from municipality.roles import AnyUser
from planning.maps.content import ShownLayer
from planning.maps.facts import has_past
from planning.maps.pages import page_of, parcel_page_of, titles_of

AROUND_THE_EARTH = 40_075_016.7  # metres along the equator, which is 512 pixels at zoom 0
PIXELS = {GeometryKind.POINT.value: 14, GeometryKind.LINE.value: 8, GeometryKind.POLYGON.value: 1}
PIXELS_ELSE = 8
MOST_OF_A_LAYER = 8
MOST = 60
LONGEST_SECONDS = 10
KEY_FACTS = 9
LONGEST_FACT = 240


@dataclass(frozen=True)
class Here:
    """One feature at the place. `page` and `parcel_page` are paths, blank where there is none; `shape` its GeoJSON in
    degrees, simplified to a pixel; `more` how many facts only its page tells."""

    slug: str
    layer: str
    title: str
    facts: list[Fact]
    more: int
    measures: Measures
    page: str
    parcel_page: str
    shape: str


@dataclass(frozen=True)
class Looking:
    """Where somebody looks and how near: what is a few pixels away is here too."""

    place: LonLat
    zoom: float

    @property
    def point(self) -> Point:
        return self.place.to_storage()

    @property
    def metres_a_pixel(self) -> float:
        return AROUND_THE_EARTH / 512 / 2**self.zoom * cos(radians(self.place.lat))

    def reach(self, kind: str) -> float:
        """Metres."""
        return self.metres_a_pixel * PIXELS.get(kind, PIXELS_ELSE)


def features_here(
    user: AnyUser, looking: Looking, layers: tuple[ShownLayer, ...], moments: AsOf
) -> list[Here]:
    """Of `layers`, from the bottom; those that the reader may not see, or that show only nearer, hold nothing. Raises
    TooCostly and BadFilter."""
    found: list[Here] = []
    end = monotonic() + LONGEST_SECONDS
    titles = titles_of(user, [layer.slug for layer in layers])
    for layer in reversed(layers):
        if monotonic() > end:
            raise TooCostly()
        source = _source(user, layer, looking)
        if source is not None and len(found) < MOST:
            then = moments if has_past(source) else AsOf.parse("", "")
            with bounded():
                found.extend(_in_layer(source, layer.filter, then, looking, titles.get(source.slug, "")))
    return found[:MOST]


def _source(user: AnyUser, layer: ShownLayer, looking: Looking) -> FeatureSource | None:
    try:
        source = source_for(user, layer.slug)
    except NotFound:
        return None
    return source if source.geometry and looking.zoom >= source.min_zoom else None


def _in_layer(
    source: FeatureSource, condition: str, moments: AsOf, looking: Looking, title_field: str
) -> Iterator[Here]:
    point, reach = looking.point, looking.reach(source.geometry_kind)
    then = asked_source(source, moments, condition)
    near = then.rows.filter(**{f"{source.geometry}__dwithin": (point, reach)})
    download = download_of(source)
    names = {f"here_{n}": expression(value) for n, value in enumerate(download.properties.values())}
    more = {"here_json": F(download.json_properties)} if download.json_properties else {}
    columns = {"here_key": F(source.key), "here_shape": F(source.geometry), **more, **names}
    ordered = near.annotate(here_far=Distance(source.geometry, point)).order_by("here_far", "pk")
    for row in ordered.annotate(**columns).values("pk", *columns)[:MOST_OF_A_LAYER]:
        properties = dict(row.get("here_json") or {})
        properties |= {
            name: _plain(row[alias]) for name, alias in zip(download.properties, names, strict=True)
        }
        yield _told(source, row, properties, moments, looking, title_field)


def _told(
    source: FeatureSource,
    row: dict[str, Any],
    properties: dict[str, Any],
    moments: AsOf,
    looking: Looking,
    title_field: str,
) -> Here:
    download = download_of(source)
    titles = {name: {"title": str(title), "title_en": str(title)} for name, title in download.titles.items()}
    schema = {"properties": {**titles, **download.schema.get("properties", {})}}
    facts = [(name, value[:LONGEST_FACT]) for name, value in facts_in_words(properties, schema)]
    key, shape = str(row["here_key"]), row["here_shape"]
    page = page_of(source, row["pk"], key)
    return Here(
        slug=source.slug,
        layer=str(source.title),
        title=entry_in_reader_language(properties, title_field) or key,
        facts=facts[:KEY_FACTS],
        more=max(0, len(facts) - KEY_FACTS),
        measures=measures_of(shape),
        page=page and page + moments.query,
        parcel_page=parcel_page_of(source, key, moments),
        shape=_drawn(shape, looking),
    )


def _drawn(shape: GEOSGeometry, looking: Looking) -> str:
    simple = shape.simplify(looking.metres_a_pixel / 2, preserve_topology=True) if shape.dims else shape
    return str(to_lonlat(simple).geojson)


def _plain(value: Any) -> Any:
    """Moments and days as the reader writes them."""
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value

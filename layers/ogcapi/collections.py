"""A source of features as an OGC collection: its document, its fields, where it lies."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyproj
from django.conf import settings
from django.contrib.gis.db.models import Extent, GeometryField
from django.core.cache import cache
from django.db.models import F, Value
from django.http import HttpRequest

from core.errors import NotFound
from core.geo import CRS84
from layers.exports.survey import facts_of
from layers.ogcapi.errors import NoCollection
from layers.ogcapi.fields import OgcField, fields_of
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.media import GEOJSON, HTML, JSON, SCHEMA
from layers.ogcapi.sql import Sql, bounded
from layers.ogcapi.systems import CRS84_URI, storage_crs, systems
from layers.sources import Download, FeatureSource, offered_sources, source_for
from municipality.roles import AnyUser

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
MAP = "http://www.opengis.net/def/rel/ogc/1.0/map"
EXTENT_KEPT = 3600  # Seconds, while the revision stands.
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
STYLES = "http://www.opengis.net/def/rel/ogc/1.0/styles"
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Collection:
    """A source that came from `visible_to`."""

    source: FeatureSource

    @property
    def id(self) -> str:
        return self.source.slug

    @property
    def title(self) -> str:
        return str(self.source.title)

    @cached_property
    def facts(self) -> Download:
        return facts_of(self.source)

    @cached_property
    def fields(self) -> dict[str, OgcField]:
        return {field.name: field for field in fields_of(self.source)}

    @property
    def queried(self) -> dict[str, OgcField]:
        """The fields that a filter may name; the geometry has its name to itself."""
        return {name: field for name, field in self.fields.items() if name != self.source.geometry}

    @property
    def has_past(self) -> bool:
        return self.facts.as_of is not None

    def document(self, request: HttpRequest) -> dict[str, Any]:
        """The same in the list and alone."""
        told: dict[str, Any] = {"id": self.id, "title": self.title}
        if self.facts.description:
            told["description"] = self.facts.description
        if self.facts.source or self.source.attribution:
            told["attribution"] = self.facts.source or self.source.attribution
        told |= {"links": self.links(request), "itemType": "feature"}
        bounds = self.bounds()
        if bounds is not None:
            told["extent"] = {"spatial": {"bbox": [list(bounds)], "crs": CRS84_URI}}
        return told | {"crs": list(systems()), "storageCrs": storage_crs().uri}

    def links(self, request: HttpRequest) -> list[Link]:
        there = address(request, "collection", self.id)
        items = address(request, "items", self.id)
        queryables = address(request, "queryables", self.id)
        return [
            link("self", f"{there}?f=json", JSON, self.title),
            link("alternate", f"{there}?f=html", HTML, self.title),
            link("items", f"{items}?f=json", GEOJSON, self.title),
            link("items", f"{items}?f=html", HTML, self.title),
            link(QUERYABLES, f"{queryables}?f=json", SCHEMA, self.title),
            link(QUERYABLES, f"{queryables}?f=html", HTML, self.title),
            link(MAP, f"{address(request, 'collection-map', self.id)}?f=png", "image/png", self.title),
            link(STYLES, f"{address(request, 'collection-styles', self.id)}?f=json", JSON, self.title),
            link(TILESETS, f"{address(request, 'tilesets', self.id)}?f=json", JSON, self.title),
        ]

    def bounds(self) -> Bounds | None:
        """West, south, east, north in degrees of what is there now; None for nothing. Reckoned once a revision."""
        key = f"ogc-bounds:{self.source.stamp}"
        known = cache.get(key)
        if known is None:
            known = self._measured() or ()
            cache.set(key, known, EXTENT_KEPT)
        return tuple(known) if known else None

    def _measured(self) -> Bounds | None:
        with bounded():
            extent = self._extent(F(self.source.geometry))
            if extent is None:
                return None
            there = pyproj.Transformer.from_crs(settings.STORAGE_SRID, CRS84, always_xy=True)
            moved: Bounds = there.transform_bounds(*extent, densify_pts=21)
            if all(-180 <= value <= 180 for value in moved):
                return moved
            # The corners of the box lie beyond the projection, so each row is brought there.
            text = "ST_Transform({0}, {1})"
            return self._extent(Sql(text, F(self.source.geometry), Value(CRS84), output=GeometryField()))

    def _extent(self, shape: Any) -> Bounds | None:
        rows = self.source.rows.order_by().annotate(ogc_shape=shape)
        found: Bounds | None = rows.aggregate(extent=Extent("ogc_shape"))["extent"]
        return found


def collections_for(user: AnyUser) -> list[Collection]:
    return [Collection(source) for source in offered_sources(user) if source.geometry]


def collection_for(user: AnyUser, name: str) -> Collection:
    """Raises NoCollection for one that is not there, or not for this user."""
    try:
        source = source_for(user, name)
    except NotFound as error:
        raise NoCollection(given=name[:60]) from error
    if not source.geometry:
        raise NoCollection(given=name[:60])
    return Collection(source)

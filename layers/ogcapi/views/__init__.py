"""The resources of the OGC API, one module each."""

from layers.ogcapi.views.api import api
from layers.ogcapi.views.collections import collection, collections
from layers.ogcapi.views.items import item, items
from layers.ogcapi.views.landing import conformance, landing
from layers.ogcapi.views.queryables import queryables

__all__ = ["api", "collection", "collections", "conformance", "item", "items", "landing", "queryables"]

"""The one interface through which everything on the map is offered: tiles, items, exports, planning maps.

Each room that has something to show lists it in its `map_layers.py` (named in `settings.MAP_LAYERS`) as a
function `offered(user) -> Iterable[FeatureSource]` holding only what that user may see.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression
from django.utils.functional import Promise

from core.errors import NotFound
from layers.moments import AsOf
from municipality.roles import AnyUser


@dataclass(frozen=True)
class Cluster:
    """Below `below_zoom` points are counted on a grid of `cells` × `cells` a tile; each cell is one feature at
    the mean position with `count` and, for every value in `values` of `field`, a count `n_<value>`."""

    below_zoom: int
    field: str
    values: tuple[str, ...]
    cells: int = 6


@dataclass(frozen=True)
class Download:
    """What files of a source hold and say, where tiles do with less. `properties` and `json_properties` as in
    FeatureSource, in place of what that says; `titles` are those of the properties, `schema` is the JSON Schema of the
    JSON ones. `key_name` is the field by which an import knows the rows again. `as_of` gives the rows as they
    held and were known then; `during` those that held at some time from a start to an end (None is open), both in it,
    as known at the third (None: now). Both are None where the past is not kept."""

    properties: Mapping[str, str | BaseExpression] = field(default_factory=dict)
    json_properties: str = ""
    titles: Mapping[str, str | Promise] = field(default_factory=dict)
    schema: Mapping[str, Any] = field(default_factory=dict)
    key_name: str = ""
    description: str = ""
    source: str = ""
    licence: str = ""
    as_of: "Callable[[AsOf], QuerySet[Any]] | None" = None
    during: "Callable[[datetime | None, datetime | None, datetime | None], QuerySet[Any]] | None" = None


@dataclass(frozen=True)
class FeatureSource:
    """Something with geometries. `rows` is already narrowed by `visible_to`; `web_geometry` names its EPSG:3857
    column, `geometry` the one in the storage CRS, `key` the column by which people and files call a row;
    `properties` maps a name in the tile to a column or expression, and `json_properties` names a jsonb column whose
    top keys become properties.

    `max_age` None: what the tiles say depends on `revision` alone, so they never expire. A number: it also
    depends on the clock, so they are fresh for that many seconds. `style` is a list of MapLibre layers without
    id and source (see layers/style_fragments.py); `legend` a list of {"label", "label_en", "color", "shape"} and
    perhaps "icon" or "look"; `icons` the outline icons that the style names. `overview_of` is the layer, by id, whose
    overview is what `rows` look like from afar: only where they are all that the layer holds now. `page` is the address
    where people read about it, blank where there is none. `view` names what this reader is told where some are told
    more than others (layers/visibility.py), and stands in the address of tiles; "" is what everybody is told.
    `reads` and `labels_from` are what the other looks of the layer, beside `style`, ask of its tiles: the properties
    that they read, and from which zoom they label surfaces.
    """

    slug: str
    title: str | Promise
    theme: str
    geometry_kind: str
    rows: "QuerySet[Any]"
    web_geometry: str
    revision: int
    geometry: str = ""
    key: str = "pk"
    properties: Mapping[str, str | BaseExpression] = field(default_factory=dict)
    json_properties: str = ""
    is_public: bool = True
    min_zoom: int = 0
    max_zoom: int = 22
    cluster: Cluster | None = None
    style: list[dict[str, Any]] = field(default_factory=list)
    legend: list[dict[str, Any]] = field(default_factory=list)
    shown_at_first: bool = False
    position: int = 100
    attribution: str = ""
    max_age: int | None = None
    icons: tuple[str, ...] = ()
    download: Download | None = None
    page: str = ""
    overview_of: int | None = None
    view: str = ""
    reads: tuple[str, ...] = ()
    labels_from: float | None = None

    @property
    def stamp(self) -> str:
        """For keys of caches: another one for every state, and for readers who are told something else."""
        return f"{self.slug}:{self.view}:{self.revision}"

    def with_keys(self, rows: "QuerySet[Any]", *keys: str) -> "QuerySet[Any]":
        """Those of `rows`, which are this source's, that are called by one of `keys`."""
        keyed = getattr(rows, "keyed", None)
        found: QuerySet[Any] = keyed(*keys) if keyed else rows.filter(**{f"{self.key}__in": keys})
        return found


def offered_sources(user: AnyUser) -> Iterable[FeatureSource]:
    """Every source that `user` may see, in the order of settings.MAP_LAYERS."""
    for path in settings.MAP_LAYERS:
        yield from import_module(path).offered(user)


def source_for(user: AnyUser, slug: str) -> FeatureSource:
    """The source called `slug`; NotFound when there is none, or none for this user."""
    for path in settings.MAP_LAYERS:
        source: FeatureSource | None = import_module(path).find(user, slug)
        if source is not None:
            return source
    raise NotFound()

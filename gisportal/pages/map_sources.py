"""What the map is made of for one reader: the base tiles, and everything that the rooms offer above them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from layers.models import Theme
from layers.rasters.offered import RasterLayer, offered_rasters
from layers.sources import FeatureSource, offered_sources
from layers.tile_sets import TileSet, base_tile_set
from layers.tile_statements import MAX_TILE_ZOOM
from layers.views.tile import tile_path
from municipality.roles import AnyUser


@dataclass(frozen=True)
class MapContent:
    """`base` travels in one tile; `overlays` one tile each, from the ground upwards, issues last; `rasters` lie below
    them, first what lies on top."""

    base: TileSet
    overlays: tuple[FeatureSource, ...]
    rasters: tuple[RasterLayer, ...] = ()


def map_content(user: AnyUser) -> MapContent:
    base = base_tile_set()
    in_base = {source.slug for source in base.sources}
    overlays = [source for source in offered_sources(user) if source.slug not in in_base]
    taken = {source.slug for source in overlays}
    rasters = tuple(layer for layer in offered_rasters(user) if layer.slug not in taken)
    return MapContent(base, tuple(sorted(overlays, key=_height)), rasters)


def tile_address(request: HttpRequest, slug: str, revision: int, view: str = "") -> str:
    """The address template of a source's tiles; whole, because the map asks for them from a worker."""
    path = tile_path(slug, view, revision, 0, 0, 0)
    template = path.removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"
    return f"{request.scheme}://{request.get_host()}{template}"


def tile_zooms(sources: Iterable[FeatureSource]) -> tuple[int, int]:
    """Smallest and largest zoom worth asking for; deeper ones are enlarged by the map."""
    smallest = min((source.min_zoom for source in sources), default=0)
    return min(smallest, MAX_TILE_ZOOM), MAX_TILE_ZOOM


def _height(source: FeatureSource) -> tuple[int, int, str]:
    """In the catalogue a small position comes first; on the map what comes first lies on top."""
    themes = [theme.value for theme in Theme]
    return themes.index(source.theme), -source.position, source.slug

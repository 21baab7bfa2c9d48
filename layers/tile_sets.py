"""What one tile address holds: one source, or all the layers of the base map together."""

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from core.errors import NotFound
from layers.map_layers import base_sources
from layers.sources import FeatureSource, source_for
from municipality.roles import AnyUser

BASE = "base"


@dataclass(frozen=True)
class TileSet:
    """Sources that travel in one tile, one tile layer each, named by their slugs."""

    slug: str
    sources: tuple[FeatureSource, ...]

    @property
    def revision(self) -> int:
        """Of the one source; of several, a digest that changes when any of them does."""
        if len(self.sources) == 1 and self.slug != BASE:
            return self.sources[0].revision
        text = ",".join(f"{source.slug}:{source.revision}" for source in self.sources)
        return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)

    @property
    def view(self) -> str:
        """Of the one source; several are told as everybody is."""
        return self.sources[0].view if len(self.sources) == 1 and self.slug != BASE else ""

    @property
    def is_public(self) -> bool:
        return all(source.is_public for source in self.sources)

    @property
    def max_age(self) -> int | None:
        """Seconds a tile stays fresh; None while its revision stands."""
        ages = [source.max_age for source in self.sources if source.max_age is not None]
        return min(ages, default=None)

    @property
    def is_kept(self) -> bool:
        """True when its tiles may be files that anybody can fetch."""
        return self.is_public and self.max_age is None


def base_tile_set() -> TileSet:
    return TileSet(BASE, tuple(base_sources()))


def public_tile_set(slug: str) -> TileSet | None:
    """The tile set as anonymous visitors get it, or None."""
    try:
        return tile_set_for(AnonymousUser(), slug)
    except NotFound:
        return None


def tile_set_for(user: AnyUser, slug: str) -> TileSet:
    """The tile set of that name; NotFound when there is none, or none for this user."""
    if slug == BASE:
        return base_tile_set()
    return TileSet(slug, (source_for(user, slug),))

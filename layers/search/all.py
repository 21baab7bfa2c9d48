"""One search over everything: what was typed as a place, a code, or a name."""

from importlib import import_module

from django.conf import settings

from core.geo import LonLat
from layers.search.coordinates import coordinates
from layers.search.hits import Hit
from layers.search.places import places
from municipality.roles import AnyUser

LIMIT = 10
LONGEST = 120


def search(user: AnyUser, text: str, near: LonLat | None = None, limit: int = LIMIT) -> list[Hit]:
    """What `user` may find by `text`, best first: coordinates; codes, which every room in settings.MAP_LAYERS
    looks for by its `found_by_code(user, text)`; places by name."""
    typed = " ".join(text[:LONGEST].split())
    if not typed:
        return []
    hits = coordinates(typed)
    if not hits and any(letter.isdigit() for letter in typed):
        for path in settings.MAP_LAYERS:
            hits += import_module(path).found_by_code(user, typed)
    return [*hits, *places(typed, near, limit)][:limit]

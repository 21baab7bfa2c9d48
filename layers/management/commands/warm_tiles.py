"""`manage.py warm_tiles [source …]`: make the public tiles of an area before anybody asks for them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import PortalError
from layers.actions.overviews import build_missing_overviews
from layers.sources import offered_sources
from layers.tile_progress import TileProgress
from layers.tile_sets import BASE, TileSet, base_tile_set, public_tile_set
from layers.tile_store import kept_or_drawn
from layers.tile_walk import Walk
from layers.tiles import TileTooSlow


class Command(BaseCommand):
    help = "Make and keep the tiles of an area: the base map and every public layer, or the sources named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="source", help=f"slugs, as in tile addresses; {BASE}")
        parser.add_argument("--zooms", default="8-15", help="from-to; 8-15 when left out")
        parser.add_argument(
            "--bbox", default="", help="west,south,east,north in degrees; else the municipality"
        )

    def handle(self, *args: Any, slugs: list[str], zooms: str, bbox: str, **options: Any) -> None:
        try:
            walk = Walk.parse(bbox, zooms)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        tile_sets = [_public(slug) for slug in slugs] or _all_public()
        build_missing_overviews()
        made, slow = self._warm(tile_sets, walk)
        sentence = _("%(made)d tiles are kept; %(slow)d took too long and were left out.")
        self.stdout.write(sentence % {"made": made, "slow": slow})

    def _warm(self, tile_sets: list[TileSet], walk: Walk) -> tuple[int, int]:
        made = slow = done = 0
        progress = TileProgress(self.stderr, len(tile_sets) * len(walk))
        for tile_set in tile_sets:
            for tile in walk:
                try:
                    made += bool(kept_or_drawn(tile_set, tile).content)
                except TileTooSlow:
                    slow += 1
                done += 1
                progress(done)
        return made, slow


def _public(slug: str) -> TileSet:
    tile_set = public_tile_set(slug)
    if tile_set is None or not tile_set.is_kept:
        sentence = _("“%(slug)s” is not a public source whose tiles are kept.")
        raise CommandError(sentence % {"slug": slug})
    return tile_set


def _all_public() -> list[TileSet]:
    base = base_tile_set()
    within = {source.slug for source in base.sources}
    overlays = [source for source in offered_sources(AnonymousUser()) if source.slug not in within]
    found = [TileSet(source.slug, (source,)) for source in overlays]
    return [tile_set for tile_set in (*([base] if base.sources else []), *found) if tile_set.is_kept]

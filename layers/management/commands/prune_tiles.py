"""`manage.py prune_tiles`: remove tiles kept for revisions that are over."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand

from layers.sources import offered_sources
from layers.tile_files import prune_tiles
from layers.tile_sets import base_tile_set


class Command(BaseCommand):
    help = "Remove the tiles on disk that belong to old revisions or to layers no longer public."

    def handle(self, *args: Any, **options: Any) -> None:
        sources = offered_sources(AnonymousUser())
        current = {source.slug: source.revision for source in sources if source.is_public}
        base = base_tile_set()
        count = prune_tiles(current | {base.slug: base.revision})
        self.stdout.write(f"{count} folders of old tiles removed.")

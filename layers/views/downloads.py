"""`/data/`: everything that the reader may take home as a file."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from layers.exports.survey import facts_of
from layers.exports.systems import systems
from layers.models import Theme
from layers.rasters.offered import rasters_offered
from layers.sources import Download, FeatureSource, offered_sources

COUNTED_FOR = 600  # Seconds: counting large layers for every reader would be a waste.


@dataclass(frozen=True)
class Offer:
    """A source with what the page tells of it."""

    source: FeatureSource

    @property
    def facts(self) -> Download:
        return facts_of(self.source)

    @property
    def address(self) -> str:
        return reverse("layers:export", args=(self.source.slug,))

    @property
    def is_numbered(self) -> bool:
        """Layers count their revisions; what others have is a stamp that means nothing to people."""
        return self.facts.as_of is not None

    @property
    def rows(self) -> int:
        key = f"rows:{self.source.stamp}"
        known = cache.get(key)
        if known is None:
            known = self.source.rows.count()
            cache.set(key, known, COUNTED_FOR)
        return int(known)


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """The sources by theme, those of the reader's role among them."""
    offers = [Offer(source) for source in offered_sources(request.user) if source.geometry]
    # What the base map is drawn from comes last: people look for plans, parcels and lamps.
    order = sorted(Theme, key=lambda theme: theme == Theme.BASE)
    themes = [
        (theme.label, [offer for offer in offers if offer.source.theme == theme.value]) for theme in order
    ]
    storage = next(system.title for system in systems().values() if system.is_storage)
    rasters = rasters_offered(request.user)
    context = {"themes": [pair for pair in themes if pair[1]], "rasters": rasters, "storage": storage}
    return render(request, "layers/downloads.html", context)

"""What the target of a run is called, and where it can be seen."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst

from assets.models import AssetType
from importers.models import ImportRun, Target
from layers.models import Layer, Raster
from municipality.models import AreaLevel
from municipality.roles import AnyUser


def titles_for(runs: Iterable[ImportRun]) -> dict[int, str]:
    """Titles by the key of the run, in a query for every kind of them; the runs came from visible_to."""
    runs = list(runs)
    layers = {layer.slug: str(layer) for layer in Layer.objects.filter(slug__in=_slugs(runs, Target.LAYER))}
    types = {kind.slug: str(kind) for kind in AssetType.objects.filter(slug__in=_slugs(runs, Target.ASSETS))}
    rasters = {
        raster.slug: str(raster) for raster in Raster.objects.filter(slug__in=_slugs(runs, Target.RASTER))
    }
    known = {Target.LAYER.value: layers, Target.ASSETS.value: types, Target.RASTER.value: rasters}
    return {run.pk: capfirst(_title(run, known.get(run.target, {}))) for run in runs}


def _slugs(runs: list[ImportRun], target: Target) -> list[str]:
    return [run.target_slug for run in runs if run.target == target]


def _title(run: ImportRun, known: dict[str, str]) -> str:
    if run.target == Target.AREAS and run.target_slug in AreaLevel.values:
        return str(AreaLevel(run.target_slug).label)
    return known.get(run.target_slug) or run.order.get("title") or run.target_slug or run.get_target_display()


def layer_slug(run: ImportRun) -> str:
    """The slug under which the map has what the run fills; blank where the map has none."""
    return run.target_slug if run.target in (Target.LAYER, Target.ASSETS) else ""


def map_path(run: ImportRun, user: AnyUser) -> str:
    """The map with this layer shown, when this person may see it there."""
    if run.target == Target.LAYER and Layer.objects.visible_to(user).filter(slug=run.target_slug).exists():
        return f"{reverse('home')}#{urlencode({'layers': run.target_slug})}"
    return ""

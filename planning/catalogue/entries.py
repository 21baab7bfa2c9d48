"""The layers and rasters that a reader may see, with all that the catalogue tells of each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.languages import in_reader_language
from layers.exports.survey import facts_of
from layers.models import Layer, Raster, Theme, Visibility
from layers.rasters.offered import layers_of, rasters_offered
from layers.rasters.spec import spec_of
from layers.sources import FeatureSource, offered_sources
from municipality.roles import AnyUser
from planning.catalogue.figures import changes, rows_by_slug
from planning.rights import may_plan

#: What planners look for first comes first; what the base map is drawn from comes last.
ORDER = (
    *(Theme.LAND_USE, Theme.PLAN, Theme.CADASTRE, Theme.PROPERTY, Theme.ENVIRONMENT),
    *(Theme.NETWORKS, Theme.ASSETS, Theme.ISSUES, Theme.AREAS, Theme.BASE),
)
SIGNS = 6


@dataclass(frozen=True)
class Entry:
    """`kind` is a GeometryKind or "raster"; `rows` None where they are not told; `layer` None for what is no layer of
    the catalogue, such as assets. Paths are blank where there is nothing. `told` is what the search reads."""

    slug: str
    title: str
    theme: str
    kind: str
    description: str
    source: str
    licence: str
    is_public: bool
    told: str
    map_path: str
    page: str
    legend: list[dict[str, Any]] = field(default_factory=list)
    is_partly: bool = False
    revision: int | None = None
    layer: Layer | None = None
    changed_at: datetime | None = None
    rows: int | None = None
    data_path: str = ""
    ogc_path: str = ""
    styles_path: str = ""
    edit_path: str = ""
    entry_path: str = ""

    @property
    def signs(self) -> list[dict[str, Any]]:
        """The first of a legend of several."""
        return self.legend[:SIGNS] if len(self.legend) > 1 else []

    @property
    def more_signs(self) -> int:
        return max(0, len(self.legend) - SIGNS)


def entries_for(user: AnyUser) -> list[Entry]:
    """In the order of the catalogue."""
    sources = list(offered_sources(user))
    layers = {layer.slug: layer for layer in Layer.objects.visible_to(user)}
    pairs = [(source, layers[source.slug]) for source in sources if source.slug in layers]
    rows, changed, plans = rows_by_slug(user, pairs), changes(user), may_plan(user)
    entries = [
        _entry(source, layers.get(source.slug), rows.get(source.slug), changed, plans) for source in sources
    ]
    entries += [_raster(raster) for raster in rasters_offered(user)]
    places = {theme.value: place for place, theme in enumerate(ORDER)}
    return sorted(entries, key=lambda entry: places[entry.theme])


def _entry(
    source: FeatureSource, layer: Layer | None, rows: int | None, changed: dict[int, datetime], plans: bool
) -> Entry:
    facts = facts_of(source)
    description = in_reader_language(layer, "description") if layer else facts.description
    written = (layer.title, layer.title_en, layer.description, layer.description_en) if layer else ()
    words = (source.title, description, Theme(source.theme).label, source.slug, *written)
    return Entry(
        slug=source.slug,
        title=str(capfirst(str(source.title))),
        theme=source.theme,
        kind=source.geometry_kind,
        description=description,
        source=facts.source or source.attribution,
        licence=facts.licence,
        is_public=source.is_public,
        is_partly=bool(source.view),
        told=" ".join(map(str, words)),
        # What the base map is drawn of has no legend of its own.
        legend=[] if source.theme == Theme.BASE else source.legend,
        revision=layer.revision if layer else None,
        layer=layer,
        changed_at=changed.get(layer.pk) if layer else None,
        rows=rows,
        page=source.page,
        **_paths(source, layer, plans),
    )


def _paths(source: FeatureSource, layer: Layer | None, plans: bool) -> dict[str, str]:
    paths = {"map_path": f"{reverse('planning:map')}#layers={source.slug}"}
    if source.geometry:
        paths["data_path"] = f"{reverse('layers:downloads')}#{source.slug}"
        paths["ogc_path"] = reverse("layers:ogc:collection", args=(source.slug,))
    if layer is not None and plans:
        paths["styles_path"] = reverse("layers:styles", args=(layer.slug,))
        paths["entry_path"] = reverse("planning:entry", args=(layer.slug,))
        paths["edit_path"] = reverse("planning:edit", args=(layer.slug,)) if layer.is_editable else ""
    return paths


def _raster(raster: Raster) -> Entry:
    first = next(iter(layers_of(raster)))
    title = str(capfirst(str(raster)))
    return Entry(
        slug=raster.slug,
        title=title,
        theme=spec_of(raster).theme,
        kind="raster",
        description="",
        source=raster.source,
        licence=raster.licence,
        is_public=raster.visibility == Visibility.PUBLIC,
        told=f"{raster.title} {raster.title_en} {raster.slug} {Theme(spec_of(raster).theme).label}",
        map_path=f"{reverse('planning:map')}#layers={first.slug}",
        page=first.page,
        revision=raster.revision,
        data_path=reverse("layers:raster-file", args=(raster.slug,)),
    )

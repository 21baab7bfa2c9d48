"""Layers, their features with the past of the plan, and the terrain."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.utils import timezone

from layers.actions import FeatureState, create_layer, write_features
from layers.models import Layer, Raster
from municipality.models import Department

from .catalogue import LAYERS, LICENCE, SOURCE, LayerRow
from .features import DRAWN, Drawn
from .geometry import stored
from .looks import save_looks
from .parts import NO_PART, PARTS
from .terrain import write_terrain

#: From when things hold whose beginning nobody wrote down.
SINCE_EVER = date(2005, 1, 1)
#: What planners draw themselves; the rest comes from files.
EDITABLE = {"parcels", "plan-limit", "zones", "heritage"}
#: A plan is entered into the portal so many days after its gazette.
ENTERED_AFTER = timedelta(days=40)


def load_layers(opened: datetime, departments: dict[str, Department]) -> dict[str, Layer]:
    """Every layer of the catalogue with its features, by slug."""
    return {row.slug: _load_layer(row, opened, departments) for row in LAYERS}


def _load_layer(row: LayerRow, opened: datetime, departments: dict[str, Department]) -> Layer:
    part = PARTS.get(row.slug, NO_PART)
    layer = create_layer(
        slug=row.slug,
        title=row.title,
        title_en=row.title_en,
        theme=row.theme,
        geometry_kind=row.geometry_kind,
        style=row.style,
        legend=row.legend,
        field_schema=row.schema,
        key_field=row.key_field,
        title_field=row.title_field,
        description=row.description,
        position=row.position,
        min_zoom=row.min_zoom,
        visibility=row.visibility,
        is_editable=row.slug in EDITABLE,
        shown_at_first=row.shown,
        source=SOURCE,
        licence=LICENCE,
        accuracy_metres=part.accuracy_metres,
        scale=part.scale,
        departments=[departments[slug] for slug in row.departments],
    )
    drawn = sorted(DRAWN[row.slug](), key=lambda one: one.since or SINCE_EVER)
    for number, (since, group) in enumerate(groupby(drawn, key=lambda one: one.since or SINCE_EVER)):
        valid = timezone.make_aware(datetime.combine(since, time(0, 0)))
        recorded = max(opened + timedelta(minutes=number), valid + ENTERED_AFTER)
        write_features(layer=layer, states=_states(group), valid_from=valid, recorded_at=recorded)
    save_looks(layer)
    layer.refresh_from_db()
    return layer


def _states(group: Iterator[Drawn]) -> Iterator[FeatureState]:
    return (FeatureState(one.key, one.properties, stored(one.shape)) for one in group)


def load_terrain() -> Raster:
    """The heights as a raster under the media folder."""
    name = "rasters/terrain-demo.tif"
    extent = stored(write_terrain(Path(settings.MEDIA_ROOT) / name))
    if not isinstance(extent, Polygon):
        raise TypeError(f"the extent of a raster is a polygon, not {extent.geom_type}")
    raster = Raster(
        slug="terrain",
        title="Ανάγλυφο εδάφους",
        title_en="Terrain",
        file=name,
        unit="m",
        extent=extent,
        source=SOURCE,
        licence=LICENCE,
    )
    raster.save(force_insert=True)
    return raster

"""What the layers room offers on the map: every layer the reader may see, and the areas by level."""

import hashlib
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Count, TextField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from layers.fallback_styles import area_style, base_fallback_style, fallback_legend, fallback_style
from layers.models import Feature, GeometryKind, Layer, Theme, Visibility
from layers.search.hits import Hit
from layers.sources import Download, FeatureSource
from layers.style_properties import class_properties
from layers.styles.seen import joined
from layers.visibility import View, view_of
from municipality.models import Area, AreaLevel
from municipality.roles import AnyUser

AREAS = "areas-"
KAEK = re.compile(r"^(\d{12})(?:/.*)?$")


def offered(user: AnyUser) -> Iterable[FeatureSource]:
    for layer in Layer.objects.visible_to(user).with_looks():
        yield _layer_source(layer, user)
    levels = Area.objects.visible_to(user).values("level").annotate(rows=Count("pk")).order_by()
    present = {row["level"] for row in levels}
    for level in AreaLevel:
        if level in present:
            yield _area_source(level, user)


def find(user: AnyUser, slug: str) -> FeatureSource | None:
    layer = Layer.objects.visible_to(user).with_looks().filter(slug=slug).first()
    if layer is not None:
        return _layer_source(layer, user)
    level = slug.removeprefix(AREAS)
    return _area_source(AreaLevel(level), user) if slug != level and level in AreaLevel.values else None


def base_sources() -> list[FeatureSource]:
    """The public layers that draw the base map together, lowest first, as everybody is told them."""
    everybody = AnonymousUser()
    layers = Layer.objects.visible_to(everybody).with_looks().filter(theme=Theme.BASE)
    return [_layer_source(layer, everybody) for layer in layers]


def _layer_source(layer: Layer, user: AnyUser) -> FeatureSource:
    """The source of a layer that came from `visible_to`, narrowed to what the reader is told of it."""
    view = view_of(layer, user)
    told = view.rows(Feature.objects.of_layer(layer.pk))
    looks = joined(layer.looks)
    return FeatureSource(
        slug=layer.slug,
        title=str(layer),
        theme=layer.theme,
        geometry_kind=layer.geometry_kind,
        rows=told.current(),
        web_geometry="geom_web",
        geometry="geom",
        key="key",
        revision=layer.revision,
        json_properties=view.json_properties,
        is_public=layer.visibility == Visibility.PUBLIC and not view.name,
        min_zoom=layer.min_zoom,
        max_zoom=layer.max_zoom,
        style=view.style or _unstyled(layer),
        legend=_legend(view),
        shown_at_first=layer.shown_at_first,
        page=reverse("layers:layer", args=[layer.slug]),
        position=layer.position,
        attribution=layer.source,
        overview_of=layer.pk if _has_overview(view) else None,
        view=view.name,
        reads=tuple(name for name in looks.reads if name not in view.hidden),
        labels_from=looks.labels_from,
        download=Download(
            json_properties=view.json_properties,
            schema=view.schema,
            key_name=layer.key_field,
            description=layer.description,
            source=layer.source,
            licence=layer.licence,
            as_of=partial(told.told, layer),
            during=partial(told.told_during, layer),
        ),
    )


def _legend(view: View) -> list[dict[str, Any]]:
    """The layer's own, unless the style that it explains is not told in full."""
    layer = view.layer
    if layer.legend and len(view.style) == len(layer.style):
        return list(layer.legend)
    return fallback_legend(layer.geometry_kind, layer.slug, layer.title, layer.title_en)


def _has_overview(view: View) -> bool:
    """Overviews are drawn of every row, a surface for each look."""
    read = {*class_properties(view.layer.style), *joined(view.layer.looks).reads}
    has_looks = not read.intersection(view.hidden)
    return view.layer.geometry_kind == GeometryKind.POLYGON and not view.is_ruled and has_looks


def _unstyled(layer: Layer) -> list[dict[str, Any]]:
    if layer.theme == Theme.BASE:
        return base_fallback_style(layer.geometry_kind)
    return fallback_style(layer.geometry_kind, layer.slug)


def _area_source(level: AreaLevel, user: AnyUser) -> FeatureSource:
    rows = Area.objects.visible_to(user).filter(level=level)
    return FeatureSource(
        slug=f"{AREAS}{level.value}",
        title=level.label,
        theme=Theme.AREAS,
        geometry_kind=GeometryKind.POLYGON,
        rows=rows,
        web_geometry="boundary_web",
        geometry="boundary",
        key="code",
        revision=_areas_revision(level),
        properties={"code": "code", "name": "name", "name_en": "name_en", "is_home": "is_home"},
        style=area_style(level),
        download=Download(
            properties={"code": "code", "name": "name", "name_en": "name_en", "parent": "parent__code"},
            titles={
                "code": _lazy("code"),
                "name": _lazy("name"),
                "name_en": _lazy("name in English"),
                "parent": _lazy("part of"),
            },
            key_name="code",
        ),
        position=list(AreaLevel).index(level),
    )


def _areas_revision(level: AreaLevel) -> int:
    """A number that changes when any area of the level does: PostgreSQL's own row versions, digested."""
    stamp = RawSQL("municipality_area.xmin::text || municipality_area.ctid::text", (), TextField())
    rows = Area.objects.filter(level=level).order_by("pk").annotate(stamp=stamp)
    text = ",".join(f"{pk}:{stamp}" for pk, stamp in rows.values_list("pk", "stamp"))
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def found_by_code(user: AnyUser, text: str) -> list[Hit]:
    """A parcel by its ΚΑΕΚ (12 digits, a suffix is left aside), if the reader may see the cadastre."""
    match = KAEK.match(text.replace(" ", ""))
    if match is None:
        return []
    visible = Layer.objects.visible_to(user).filter(theme=Theme.CADASTRE)
    told = Feature.objects.visible_to(user)
    features = told.filter(layer__in=visible, key__in={match[0], match[1]}).current()
    found = features.select_related("layer")[:5]
    return [_parcel_hit(feature, feature.geom) for feature in found if feature.geom is not None]


def _parcel_hit(feature: Feature, shape: GEOSGeometry) -> Hit:
    return Hit.at(
        shape.point_on_surface,
        extent=shape,
        title=feature.key,
        context=str(feature.layer),
        kind=_("parcel"),
        url=reverse("layers:feature", args=(feature.layer.slug, feature.pk)),
    )

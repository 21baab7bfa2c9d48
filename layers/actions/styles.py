"""Keep, order and remove the looks of a layer; the one shown at first is what the layer's own style says."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict
from layers.actions.layers import change_layer
from layers.models import Layer, LayerStyle
from layers.style_properties import class_properties
from layers.styles.legend import legend_of
from layers.styles.maplibre import fragments_of
from layers.styles.rules import Kinds
from layers.styles.seen import class_bounds, joined, seen_by
from layers.styles.spec import SEEN, Spec, spec_of
from layers.styles.words import both
from layers.styles.writing import as_json

MOST_STYLES = 20
FORMER = "former"


class StyleTaken(Conflict):
    code = "style_taken"
    sentence = _("This layer has a style called “%(slug)s” already. Choose another name for the new one.")


class TooManyStyles(Conflict):
    code = "too_many_styles"
    sentence = _("A layer has at most %(most)s styles. Remove one that nobody uses.")


@transaction.atomic
def save_style(
    *,
    layer: Layer,
    slug: str,
    title: str,
    title_en: str,
    spec: Spec,
    kinds: Kinds,
    is_first: bool = False,
    is_new: bool = False,
) -> LayerStyle:
    """Make the style of that slug, or change it. `kinds` are the fields that it may read. The first of a layer is shown
    at first, unless the layer is styled already; that style is then kept beside. Raises BadStyle, StyleTaken,
    TooManyStyles."""
    layer = Layer.objects.select_for_update(no_key=True).get(pk=layer.pk)
    before = _asked_of_tiles(layer)
    if is_first or not layer.style:
        _keep_former(layer)
    style = layer.styles.filter(slug=slug).first() or _new(layer, slug)
    if is_new and style.pk:
        raise StyleTaken(slug=slug)
    fragments = fragments_of(spec, layer.geometry_kind, kinds)
    style.title, style.title_en = title, title_en
    style.spec = {**as_json(spec), SEEN: seen_by(fragments)}
    style.full_clean(exclude=["layer", "is_first"])
    style.save()
    if is_first or style.is_first or not layer.style:
        _show_first(style, fragments, legend_of(spec, layer.geometry_kind, layer.title, layer.title_en))
    elif _asked_of_tiles(layer) != before:
        change_layer(layer=layer)
    return style


@transaction.atomic
def show_style_first(*, style: LayerStyle, kinds: Kinds) -> None:
    """The layer looks so until somebody chooses otherwise. Raises BadStyle where the fields have changed."""
    layer = Layer.objects.select_for_update(no_key=True).get(pk=style.layer_id)
    spec = spec_of(style.spec)
    style.layer = layer
    fragments = fragments_of(spec, layer.geometry_kind, kinds)
    _show_first(style, fragments, legend_of(spec, layer.geometry_kind, layer.title, layer.title_en))


@transaction.atomic
def remove_style(*, style: LayerStyle, kinds: Kinds) -> None:
    """When it was shown at first, the next one is; when it was the last, the layer is drawn plainly. Raises BadStyle
    where the next cannot be drawn with these fields."""
    layer = Layer.objects.select_for_update(no_key=True).get(pk=style.layer_id)
    was_first = style.is_first
    style.delete()
    following = layer.styles.first()
    if was_first and following is not None:
        show_style_first(style=following, kinds=kinds)
    else:
        change_layer(layer=layer, **({"style": [], "legend": []} if was_first else {}))


@transaction.atomic
def order_styles(*, layer: Layer, slugs: Sequence[str]) -> None:
    """Those named come first, in this order."""
    Layer.objects.select_for_update(no_key=True).get(pk=layer.pk)
    wanted = {slug: index for index, slug in enumerate(slugs)}
    rows = sorted(layer.styles.all(), key=lambda style: wanted.get(style.slug, len(wanted)))
    for position, style in enumerate(rows, start=1):
        style.position = position * 10
    LayerStyle.objects.bulk_update(rows, ["position"])


def _new(layer: Layer, slug: str) -> LayerStyle:
    count = layer.styles.count()
    if count >= MOST_STYLES:
        raise TooManyStyles(most=MOST_STYLES)
    return LayerStyle(layer=layer, slug=slug, position=(count + 1) * 10)


def _show_first(style: LayerStyle, fragments: list[dict[str, Any]], legend: list[dict[str, Any]]) -> None:
    style.layer.styles.exclude(pk=style.pk).filter(is_first=True).update(is_first=False)
    style.is_first = True
    style.save(update_fields=["is_first"])
    change_layer(layer=style.layer, style=fragments, legend=legend)


def _keep_former(layer: Layer) -> None:
    """What somebody wrote by hand before there were styles stays to be chosen."""
    if not layer.style or layer.styles.exists():
        return
    title, title_en = both(lambda: gettext("As it was"))
    spec = {"kind": "maplibre", "fragments": layer.style, "legend": layer.legend}
    seen = {SEEN: seen_by(layer.style)}
    LayerStyle.objects.create(
        layer=layer, slug=FORMER, title=title, title_en=title_en, spec=spec | seen, position=5, is_first=True
    )


def _asked_of_tiles(layer: Layer) -> object:
    """What tiles depend on: when it changes, they are made anew."""
    specs = list(layer.styles.values_list("spec", flat=True))
    looks = class_bounds(specs) if specs else dict.fromkeys(class_properties(layer.style))
    return joined(spec.get(SEEN) for spec in specs), looks

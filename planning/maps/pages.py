"""Where people read about a feature of the map: its page, and for a plot what applies to it."""

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse

from layers.models import GeometryKind, Layer, Theme
from layers.moments import AsOf
from layers.sources import FeatureSource
from municipality.roles import AnyUser

ASSETS, ISSUES = "assets-", "issues"


def page_of(source: FeatureSource, pk: int, key: str) -> str:
    """The path of the page about one feature; blank where its room has none."""
    try:
        if source.slug.startswith(ASSETS):
            return reverse("assets:asset", args=(source.slug.removeprefix(ASSETS), key))
        if source.theme == Theme.ISSUES:
            return reverse("issues:issue", args=(key,))
        return reverse("layers:feature", args=(source.slug, pk)) if source.page else ""
    except NoReverseMatch:  # a key with letters that no address of that kind has
        return ""


def parcel_page_of(source: FeatureSource, key: str, moments: AsOf) -> str:
    """What applies to a plot of the cadastre; blank for all else."""
    if source.theme != Theme.CADASTRE or source.geometry_kind != GeometryKind.POLYGON or not key:
        return ""
    try:
        return reverse("planning:parcel", args=(source.slug, key)) + moments.query
    except NoReverseMatch:
        return ""


def titles_of(user: AnyUser, slugs: Iterable[str]) -> dict[str, str]:
    """By layer, the property that says what each of its features is called."""
    visible = Layer.objects.visible_to(user).filter(slug__in=list(slugs))
    return dict(visible.values_list("slug", "title_field"))

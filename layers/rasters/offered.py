"""Rasters as layers of the map: one for every look, with all that a map, a tree or a sheet needs to show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from layers.models import Raster, Visibility
from layers.rasters.errors import RasterFileMissing
from layers.rasters.legend import legend_of, ramp_of
from layers.rasters.looks import Look, looks_for
from layers.rasters.spec import Kind, Spec, spec_of
from layers.rasters.survey import survey_of
from municipality.roles import AnyUser

# A layer of the map is called `<raster>--<look>`.
BETWEEN = "--"


@dataclass(frozen=True)
class RasterLayer:
    """`raster` drawn by `look`."""

    raster: Raster
    look: Look
    is_alone: bool

    @property
    def slug(self) -> str:
        return f"{self.raster.slug}{BETWEEN}{self.look.name}"

    @property
    def title(self) -> str:
        title = capfirst(str(self.raster))
        if self.is_alone:
            return title
        return _("%(raster)s: %(look)s") % {"raster": title, "look": self.look.title}

    @cached_property
    def spec(self) -> Spec:
        return spec_of(self.raster)

    @property
    def theme(self) -> str:
        return self.spec.theme

    @property
    def is_public(self) -> bool:
        return self.raster.visibility == Visibility.PUBLIC

    @property
    def shown_at_first(self) -> bool:
        return self.spec.shown_at_first and self.look == looks_for(self.look.kind)[0]

    @property
    def opacity(self) -> float:
        return self.look.opacity

    @property
    def max_zoom(self) -> int:
        """Deeper the map enlarges what it has."""
        return min(survey_of(self.raster).native_zoom + self.look.finer, 22)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return survey_of(self.raster).bounds_lonlat()

    @property
    def legend(self) -> list[dict[str, Any]]:
        return legend_of(self.raster, self.look)

    @property
    def ramp(self) -> dict[str, Any] | None:
        return ramp_of(self.raster, self.look)

    @property
    def tiles_path(self) -> str:
        """The address template of tiles of 256 pixels; {ratio} is blank or @2x."""
        address = (self.raster.slug, self.raster.revision, self.look.name, 0, 0, 0, "webp")
        path = reverse("layers:raster-tile", args=address)
        return path.removesuffix("0/0/0.webp") + "{z}/{x}/{y}{ratio}.webp"

    @property
    def page(self) -> str:
        return reverse("layers:raster", args=(self.raster.slug,))

    @property
    def value_path(self) -> str:
        return reverse("layers:raster-value", args=(self.raster.slug,))

    @property
    def profile_path(self) -> str:
        """Blank for what has no heights or measurements."""
        has_profile = self.look.kind in (Kind.ELEVATION, Kind.VALUES)
        return reverse("layers:raster-profile", args=(self.raster.slug,)) if has_profile else ""


def offered_rasters(user: AnyUser) -> list[RasterLayer]:
    """Every raster that `user` may see in every look, those with broken files left out; first what lies on top."""
    rasters = Raster.objects.visible_to(user).order_by("slug")
    found = [layer for raster in rasters for layer in layers_of(raster)]
    return sorted(found, key=lambda layer: (layer.spec.position, layer.raster.slug))


def rasters_offered(user: AnyUser) -> list[Raster]:
    """The same without their looks."""
    return list({layer.raster.pk: layer.raster for layer in offered_rasters(user)}.values())


def raster_layer_for(user: AnyUser, slug: str) -> RasterLayer | None:
    """The layer called `<raster>--<look>`, or None when there is none, or none for this user."""
    name, _between, look = slug.rpartition(BETWEEN)
    raster = Raster.objects.visible_to(user).filter(slug=name).first() if name else None
    layers = layers_of(raster) if raster is not None else []
    return next((layer for layer in layers if layer.look.name == look), None)


def layers_of(raster: Raster) -> Iterable[RasterLayer]:
    """One for every look of the raster; none where its file is broken, which is in the log."""
    try:
        looks = looks_for(spec_of(raster).kind)
    except RasterFileMissing:
        return []
    return [RasterLayer(raster, look, len(looks) == 1) for look in looks]

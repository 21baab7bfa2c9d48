"""What an address of a raster names: the raster as this reader may see it, a look, a place."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from core.errors import NotFound
from layers.models import Raster
from layers.rasters.looks import Look, look_named
from layers.rasters.spec import spec_of
from municipality.roles import AnyUser


def raster_for(user: AnyUser, slug: str) -> Raster:
    """Raises NotFound when there is none, or none for this user."""
    found = Raster.objects.visible_to(user).filter(slug=slug).first()
    if found is None:
        raise NotFound()
    return found


def public_raster(slug: str) -> Raster | None:
    """The raster as anonymous visitors get it, found without touching the session."""
    return Raster.objects.visible_to(AnonymousUser()).filter(slug=slug).first()


def raster_of(request: HttpRequest, slug: str) -> tuple[Raster, bool]:
    """The raster, and whether everybody may see it. Raises NotFound."""
    public = public_raster(slug)
    return (public, True) if public is not None else (raster_for(request.user, slug), False)


def look_of(raster: Raster, name: str) -> Look:
    """Raises NotFound when this raster has no such look."""
    look = look_named(spec_of(raster).kind, name)
    if look is None:
        raise NotFound()
    return look

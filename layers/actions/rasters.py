"""Make and replace rasters of the catalogue; the file is in its place before."""

from collections.abc import Mapping
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db import transaction
from django.db.models import F

from layers.models import Raster
from layers.rasters.files import forget_images
from layers.rasters.spec import checked_look


@transaction.atomic
def keep_raster(*, slug: str, file: str, extent: Polygon, **rest: Any) -> Raster:
    """The raster `slug` with this file (a name under the media folder) and extent (storage CRS). `rest` are further
    fields, of which blank ones leave what is there. The file of before stays, so that an import can be undone."""
    raster = Raster.objects.select_for_update().filter(slug=slug).first() or Raster(slug=slug, title=slug)
    is_new = raster.pk is None
    raster.file.name, raster.extent = file, extent
    for name, value in rest.items():
        if value:
            setattr(raster, name, value)
    raster.full_clean(validate_unique=is_new)
    raster.revision += 0 if is_new else 1
    raster.save()
    transaction.on_commit(lambda: forget_images(slug))
    return raster


def start_raster_revision(slug: str) -> None:
    """Every address of a picture of this raster becomes a new one."""
    Raster.objects.filter(slug=slug).update(revision=F("revision") + 1)
    transaction.on_commit(lambda: forget_images(slug))


@transaction.atomic
def change_raster_look(*, slug: str, look: Mapping[str, Any]) -> Raster:
    """How the raster is drawn from now on; see layers/rasters/spec.py. Raises BadRasterLook, and Raster.DoesNotExist
    where there is none."""
    raster = Raster.objects.select_for_update().get(slug=slug)
    raster.look = checked_look(look)
    raster.revision += 1
    raster.save(update_fields=["look", "revision"])
    transaction.on_commit(lambda: forget_images(slug))
    return raster

"""Model fields shared by the rooms: geometry in the storage CRS and its stored web Mercator copy."""

from typing import Any

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform


def web_copy(field: str, geometry: "type[models.GeometryField[Any, Any]]" = models.GeometryField) -> Any:
    """A column computed and stored by the database: `field` in EPSG:3857, for tiles."""
    return models.GeneratedField(
        expression=Transform(field, settings.WEB_SRID),
        output_field=geometry(srid=settings.WEB_SRID, spatial_index=False, null=True),
        db_persist=True,
    )

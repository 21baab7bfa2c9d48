"""Nearest-neighbour order by the spatial index: PostGIS `<->`, in units of the storage CRS (metres)."""

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import F, FloatField, Func, Value


class _KnnDistance(Func):
    """`a <-> b`: the distance in metres; as ORDER BY it walks the GiST index."""

    template = "%(expressions)s"
    arg_joiner = " <-> "
    output_field = FloatField()


def knn_distance(field: str, place: GEOSGeometry) -> _KnnDistance:
    """Metres from `field` to `place` (storage CRS); order by it with a small LIMIT to use the index."""
    return _KnnDistance(F(field), Value(place, output_field=GeometryField(srid=place.srid or 0)))

"""The same measures of a layer that was imported, asked of the database."""

import json
from collections import Counter

from django.db import connection

from layers.models import Layer
from tests.real_data.import_report.theirs import Measures


def measures(slug: str) -> Measures:
    layer = Layer.objects.get(slug=slug)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Area(geom), CASE WHEN ST_Dimension(geom) = 1 THEN ST_Length(geom) END, properties::text"
            " FROM layers_feature WHERE layer_id = %s AND upper_inf(recorded)",
            [layer.pk],
        )
        rows: list[tuple[float, float | None, str]] = cursor.fetchall()
    texts = Counter(
        value.strip()
        for _, _, properties in rows
        for value in json.loads(properties).values()
        if isinstance(value, str)
    )
    lengths = sorted(length for _, length, _ in rows if length is not None)
    return Measures(len(rows), sorted(area for area, _, _ in rows), lengths, texts)

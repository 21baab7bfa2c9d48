"""Reads a layer for its overview: whether it needs one, where it lies, and its surfaces with their class."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import BinaryField, F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, JSONObject

from core.geo import WEB_EXTENT, Tile
from core.statements import statement
from layers.models import Feature, Layer
from layers.ogcapi.sql import Sql
from layers.overviews.grid import Batch
from layers.overviews.need import FEWEST
from layers.style_properties import class_properties
from layers.styles.seen import class_bounds

PIXELS = 512  # a tile
SMALL = 3  # pixels: where half of all surfaces are shorter than this, they are told apart no more
DEEPEST = 14
CHUNK = 20_000
Looks = dict[str, tuple[float, ...] | None]


class FeatureReader:
    """The current surfaces of a layer; classes are numbered from 1 as they come."""

    def __init__(self, layer: Layer) -> None:
        self._rows: QuerySet[Any] = Feature.objects.of_layer(layer.pk).current().order_by()
        self._looks = _looks_of(layer)
        self._numbers: dict[str, int] = {}
        self._count, self._span, self._box = self._surveyed()

    def below_zoom(self) -> int:
        """The zoom from which its surfaces are drawn themselves; 0 when that is all."""
        if self._count < FEWEST:
            return 0
        small = [z for z in range(DEEPEST) if self._span < SMALL * Tile(z, 0, 0).width_metres / PIXELS]
        return max(small, default=-1) + 1

    def tiles_at(self, zoom: int) -> Iterator[Tile]:
        """The tiles of that zoom that the layer may reach into."""
        west, south, east, north = self._box
        width, last = Tile(zoom, 0, 0).width_metres, 2**zoom - 1
        columns = [min(max(int((x + WEB_EXTENT) // width), 0), last) for x in (west, east)]
        lines = [min(max(int((WEB_EXTENT - y) // width), 0), last) for y in (north, south)]
        for x in range(columns[0], columns[1] + 1):
            for y in range(lines[0], lines[1] + 1):
                yield Tile(zoom, x, y)

    def has_any(self, tile: Tile) -> bool:
        return self._in(tile).exists()

    def batches(self, tile: Tile) -> Iterator[Batch]:
        """The surfaces of the tile as WKB in EPSG:3857, with the numbers of their classes."""
        surface = Func(F("geom_web"), function="ST_AsBinary", output_field=BinaryField())
        rows = self._in(tile).annotate(surface=surface, look=self._look()).values_list("surface", "look")
        found = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            yield (
                [bytes(surface) for surface, _look in chunk],
                [self._number(look) for _surface, look in chunk],
            )

    def properties_of(self, number: int) -> str:
        """What the features of a class have in common, as JSON."""
        return list(self._numbers)[number - 1]

    def _in(self, tile: Tile) -> "QuerySet[Any]":
        return self._rows.filter(geom_web__bboverlaps=tile.envelope())

    def _look(self) -> Any:
        if not self._looks:
            return Value("{}", output_field=TextField())
        read = JSONObject(**{name: _told(name, bounds) for name, bounds in self._looks.items()})
        return Cast(Func(read, function="jsonb_strip_nulls"), TextField())

    def _number(self, look: str) -> int:
        return self._numbers.setdefault(look, len(self._numbers) + 1)

    def _surveyed(self) -> tuple[int, float, tuple[float, float, float, float]]:
        box = Func(F("geom_web"), template="%(expressions)s::box2d", output_field=BinaryField())
        sql, params = self._rows.annotate(box=box).values("box").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(statement("layers", "survey_tile_spans").format(rows=sql), params)
            count, span, west, south, east, north = cursor.fetchone()
        return count, span, (west, south, east, north)


def _looks_of(layer: Layer) -> Looks:
    """By what surfaces differ, in the layer's own style and in those that planners made."""
    specs = list(layer.styles.values_list("spec", flat=True))
    return class_bounds(specs) if specs else dict.fromkeys(class_properties(layer.style))


def _told(name: str, bounds: tuple[float, ...] | None) -> Any:
    """A property as it is; of a number that only its class counts of, the least number of that class."""
    value = KeyTransform(name, "properties")
    if bounds is None:
        return value
    text = (
        "CASE WHEN jsonb_typeof({0}) <> 'number' OR cardinality({1}::float8[]) = 0 THEN {0} "
        "WHEN {0}::float8 < ({1}::float8[])[1] THEN to_jsonb(({1}::float8[])[1] - 1) "
        "ELSE to_jsonb(({1}::float8[])[width_bucket({0}::float8, {1}::float8[])]) END"
    )
    return Sql(text, value, Value(list(bounds)), output=JSONField())

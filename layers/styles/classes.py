"""Bounds of classes and values of categories, reckoned over all the visible rows in one statement each."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, TextField

from core.statements import statement
from layers.exports.fields import Kind
from layers.ogcapi.fields import OgcField
from layers.ogcapi.sql import Sql, bounded
from layers.sources import FeatureSource
from layers.styles.values import as_text

BINS = 512


def class_breaks(source: FeatureSource, field: OgcField, method: str, count: int) -> list[float]:
    """The inner bounds of `count` classes of a field of numbers, rising; fewer where the values do not tell so many
    apart. Methods: quantile, equal, natural. Raises TooCostly."""
    reckon = {"quantile": _quantiles, "equal": _equal, "natural": _natural}[method]
    return rounded(reckon(source, field, count))


def common_values(source: FeatureSource, field: OgcField, most: int) -> list[str]:
    """The values of a field as texts, the most frequent first, nothing left out of those. Raises TooCostly."""
    rows = source.rows.order_by().annotate(style_value=Sql("({0})::text", field.value(), output=TextField()))
    counted = rows.filter(style_value__isnull=False).values("style_value").annotate(n=Count("*"))
    with bounded():
        found = list(counted.order_by("-n", "style_value").values_list("style_value", flat=True)[:most])
    return list(dict.fromkeys(_as_the_map_reads(value, field.kind) for value in found))


def _as_the_map_reads(value: str, kind: Kind) -> str:
    return as_text(float(value)) if kind in (Kind.NUMBER, Kind.WHOLE) else value


def rounded(breaks: Sequence[float]) -> list[float]:
    """The same to three figures of the whole span, each once: nobody reads 0.7999999."""
    if not breaks:
        return []
    span = max(breaks) - min(breaks) or abs(breaks[0]) or 1.0
    digits = 2 - math.floor(math.log10(span))
    return sorted({round(value, digits) for value in breaks})


def _quantiles(source: FeatureSource, field: OgcField, count: int) -> list[float]:
    shares = [number / count for number in range(1, count)]
    ((values, least),) = _asked("class_quantiles", source, field, [shares])
    return sorted({value for value in values or [] if value > least})


def _equal(source: FeatureSource, field: OgcField, count: int) -> list[float]:
    ((least, most),) = _asked("class_extent", source, field, [])
    if least is None or least == most:
        return []
    return [least + (most - least) * number / count for number in range(1, count)]


def _natural(source: FeatureSource, field: OgcField, count: int) -> list[float]:
    bins = _asked("class_histogram", source, field, [BINS])
    return natural_breaks([value for value, _ in bins], [number for _, number in bins], count)


def _asked(name: str, source: FeatureSource, field: OgcField, params: list[Any]) -> list[Any]:
    rows = source.rows.order_by().annotate(style_value=field.value()).values_list("style_value")
    sql, given = rows.query.sql_with_params()
    text = statement("layers", name)
    rows_first = text.find("{rows}") < text.find("%s")
    with bounded(), connection.cursor() as cursor:
        cursor.execute(text.format(rows=sql), [*given, *params] if rows_first else [*params, *given])
        return list(cursor.fetchall())


def natural_breaks(values: Sequence[float], counts: Sequence[int], classes: int) -> list[float]:
    """Where sorted values, each standing for so many, are cut so that the squares of the distances from the mean of
    their class add up to the least (Fisher 1958, by dynamic programming). A bound is the first value above it."""
    size = len(values)
    classes = min(classes, size)
    if classes < 2:
        return []
    weight, value = np.asarray(counts, float), np.asarray(values, float)
    sums = [np.concatenate(([0.0], np.cumsum(weight * value**power))) for power in (0, 1, 2)]

    def cost(start: np.ndarray, end: int) -> np.ndarray:
        """Of one class from each start up to before `end`."""
        many, total, squares = (part[end] - part[start] for part in sums)
        return np.asarray(squares - total**2 / many)

    best = np.array([0.0, *(cost(np.array([0]), end)[0] for end in range(1, size + 1))])
    cuts = np.zeros((classes + 1, size + 1), int)
    for number in range(2, classes + 1):
        before, best = best, np.full(size + 1, np.inf)
        for end in range(number, size + 1):
            starts = np.arange(number - 1, end)
            costs = before[starts] + cost(starts, end)
            cuts[number, end] = starts[np.argmin(costs)]
            best[end] = costs.min()
    bounds, end = [], size
    for number in range(classes, 1, -1):
        end = int(cuts[number, end])
        bounds.append(float(value[end]))
    return bounds[::-1]

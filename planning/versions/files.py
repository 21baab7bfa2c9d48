"""A comparison as a file: the plots as CSV, the changed ground as GeoJSON, the report as PDF."""

import json
from collections.abc import Iterator
from typing import Any

from planning.versions.comparison import RATIO, USE, Comparison, LinePiece
from planning.versions.words import COLORS, WORDS, largest_plots, line_color, line_word

CSV, GEOJSON, PDF = "csv", "geojson", "pdf"
TYPES = {CSV: "text/csv; charset=utf-8", GEOJSON: "application/geo+json", PDF: "application/pdf"}
HEAD = (
    *("plot", "area_m2", "changed_m2", "land_use_before", "land_use_after"),
    *("floor_area_ratio_before", "floor_area_ratio_after", "buildable_m2_before", "buildable_m2_after"),
    "difference_m2",
)

LINE_HEAD = ("plot", "area_m2", "metres_that_go", "metres_that_come")


def rows_of(found: Comparison) -> Iterator[list[Any]]:
    """A row for each plot on changed ground; figures of the changed part alone, every digit."""
    if found.of_lines:
        yield list(LINE_HEAD)
        yield from ([one.key, one.area_m2, one.gone_metres, one.new_metres] for one in found.line_plots)
        return
    yield list(HEAD)
    for plot in largest_plots(found):
        told = [" / ".join(plot.told(name, after=after)) for name in (USE, RATIO) for after in (False, True)]
        built = [plot.built_before_m2, plot.built_after_m2, plot.built_after_m2 - plot.built_before_m2]
        yield [plot.key, plot.area_m2, plot.changed_m2, *told, *built]


def geojson_of(found: Comparison) -> dict[str, Any]:
    """The changed ground in CRS84, with what was and will be said of it."""
    features = [
        {
            "type": "Feature",
            "id": piece.number,
            "properties": {
                "change": piece.change.value,
                "word": str(WORDS[piece.change]),
                "color": COLORS[piece.change],
                "zone": piece.new_key or piece.old_key,
                "area_m2": round(piece.area_m2, 2),
                **{f"{name}_before": value for name, value in (piece.before or {}).items()},
                **{f"{name}_after": value for name, value in (piece.after or {}).items()},
            },
            "geometry": json.loads(piece.geojson),
        }
        for piece in found.pieces
    ]
    return {"type": "FeatureCollection", "features": [*features, *map(_line, found.lines)]}


def _line(line: LinePiece) -> dict[str, Any]:
    told = {"change": "new" if line.is_new else "gone", "word": line_word(new=line.is_new), "zone": line.key}
    return {
        "type": "Feature",
        "id": line.number,
        "properties": {**told, "color": line_color(new=line.is_new), "metres": round(line.metres, 2)},
        "geometry": json.loads(line.geojson),
    }

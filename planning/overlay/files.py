"""An overlay as a file: CSV and XLSX with a row for each pair of classes, GeoJSON with the surfaces."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from layers.exports.writers.delimited import FORMULA
from planning.overlay.order import Measure
from planning.overlay.results import Overlay
from planning.overlay.shapes import Surface
from planning.overlay.table import name_of

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    GEOJSON: "application/geo+json",
}
NAMES = {Measure.AREA: "area_m2", Measure.LENGTH: "length_metres"}


def csv_text(rows: Iterator[list[Any]]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; a decimal point, every digit; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_bytes(rows: Iterator[list[Any]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_safe(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(found: Overlay) -> Iterator[list[Any]]:
    """A header; a row for each pair of classes; at the end what lies in no surface."""
    head = [found.by_field or found.by_title]
    pivot = [found.what_field] if found.what_field else []
    measured = NAMES.get(found.measure)
    yield [
        *head,
        *pivot,
        "rows",
        *([measured] if measured else []),
        *(["share_of_surfaces"] if pivot == [] and found.measure == Measure.AREA else []),
    ]
    for by in found.by_classes:
        for what in found.what_classes:
            cell = found.cell(by, what)
            if cell.rows or not pivot:
                yield [
                    name_of(by),
                    *([name_of(what)] if pivot else []),
                    *_figures(found, by, cell.rows, cell.amount),
                ]
    for what, total in found.totals.items():
        amount = max(total.all.amount - total.covered, 0.0)
        if amount or total.rows_outside:
            figures = [total.rows_outside, *([amount] if measured else [])]
            yield [_("outside"), *([name_of(what)] if pivot else []), *figures]


def _figures(found: Overlay, by: str | None, rows: int, amount: float) -> Iterator[Any]:
    yield rows
    if found.measure != Measure.COUNT:
        yield amount
    whole = found.surfaces[by].amount
    if found.measure == Measure.AREA and not found.what_field:
        yield amount / whole if whole else ""


def geojson_text(found: Overlay, surfaces: list[Surface]) -> bytes:
    """A feature for each class of the surfaces, in CRS84, with its figures."""
    features = [
        {
            "type": "Feature",
            "properties": properties_of(found, surface.name),
            "geometry": json.loads(surface.geojson),
        }
        for surface in surfaces
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def properties_of(found: Overlay, by: str | None) -> dict[str, Any]:
    """The figures of one class of the surfaces, by the names of `fields_of_layer`."""
    whole, measured = found.row(by), NAMES.get(found.measure)
    told: dict[str, Any] = {"name": name_of(by), "rows": whole.rows}
    if measured:
        told[measured] = whole.amount
    if found.what_field:
        largest = max(found.what_classes, key=lambda what: found.cell(by, what).amount, default=None)
        told["largest"] = name_of(largest) if whole.rows else ""
        cells = ((number, found.cell(by, what)) for number, what in enumerate(found.what_classes, start=1))
        told |= {f"part_{number}": cell.amount for number, cell in cells}
    return told


def fields_of_layer(found: Overlay) -> dict[str, dict[str, Any]]:
    """What the properties mean, as the schema of a layer."""
    unit = {Measure.AREA: "m²", Measure.LENGTH: "m", Measure.COUNT: ""}[found.measure]
    fields: dict[str, dict[str, Any]] = {
        "name": {"type": "string", "title": found.by_field or found.by_title},
        "rows": {"type": "integer", "title": "Πλήθος", "title_en": "Number"},
    }
    if found.measure in NAMES:
        title = ("Εμβαδόν", "Area") if found.measure == Measure.AREA else ("Μήκος", "Length")
        fields[NAMES[found.measure]] = {
            "type": "number",
            "title": title[0],
            "title_en": title[1],
            "unit": unit,
        }
    if found.what_field:
        fields["largest"] = {"type": "string", "title": f"{found.what_field}: max"}
        for number, what in enumerate(found.what_classes, start=1):
            fields[f"part_{number}"] = {
                "type": "number",
                "title": name_of(what),
                **({"unit": unit} if unit else {}),
            }
    return fields


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value

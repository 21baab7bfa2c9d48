"""Zonal statistics as a page and as files show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.overlay.numbers import amount, share
from planning.overlay.order import Measure
from planning.overlay.table import name_of
from planning.zonal.results import FIGURES, Zonal, Zone

ROWS, VALUES = 300, 12


@dataclass(frozen=True)
class Line:
    name: str
    figures: list[str]
    values: list[str]
    covered: str


def titles() -> list[str]:
    return [str(one) for one in (_("lowest"), _("mean"), _("median"), _("highest"), _("sum"))]


def lines_of(found: Zonal) -> list[Line]:
    values = found.values[:VALUES]
    return [
        Line(
            name_of(zone.name),
            [_figure(getattr(zone, name)) for name in FIGURES],
            [amount(zone.values.get(value, 0.0), Measure.AREA) for value in values],
            share(zone.covered_m2, zone.area_m2),
        )
        for zone in found.zones[:ROWS]
    ]


def _figure(value: float | None) -> str:
    """Four digits that mean something, grouped."""
    if value is None:
        return "—"
    places = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return number_format(round(value, places), places, force_grouping=True)


def summary(found: Zonal) -> list[tuple[str, str]]:
    """Over all surfaces together."""
    with_values = [zone for zone in found.zones if zone.cells]
    told = [(_("surfaces"), amount(len(found.zones), Measure.COUNT))]
    if not with_values:
        return told
    cells = sum(zone.cells for zone in with_values)
    mean = sum((zone.sum or 0.0) for zone in with_values) / cells
    lowest = min(zone.lowest for zone in with_values if zone.lowest is not None)
    highest = max(zone.highest for zone in with_values if zone.highest is not None)
    unit = f" {found.unit}" if found.unit else ""
    return [
        *told,
        (_("lowest"), f"{_figure(lowest)}{unit}"),
        (_("mean"), f"{_figure(mean)}{unit}"),
        (_("highest"), f"{_figure(highest)}{unit}"),
    ]


def warnings(found: Zonal) -> list[str]:
    told = []
    partly = [zone for zone in found.zones if zone.covered_m2 < 0.999 * zone.area_m2]
    if partly:
        told.append(_("%(count)s surfaces have no value in a part of their area.") % {"count": len(partly)})
    if any(zone.cells and zone.median is None for zone in found.zones):
        told.append(_("Some surfaces hold too many cells for a median."))
    return told


def rows_of(found: Zonal) -> Iterator[list[Any]]:
    """A header, then a row for each surface; every digit."""
    values = found.values
    yield [found.by_field or found.by_title, "area_m2", "covered_m2", "cells", *FIGURES,
           *(f"value_{value}_m2" for value in values)]  # fmt: skip
    for zone in found.zones:
        figures = [getattr(zone, name) for name in FIGURES]
        by_value = (zone.values.get(value, 0.0) for value in values)
        yield [name_of(zone.name), zone.area_m2, zone.covered_m2, zone.cells, *figures, *by_value]


def properties_of(zone: Zone, values: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name_of(zone.name),
        "area_m2": zone.area_m2,
        "covered_m2": zone.covered_m2,
    }
    told |= {name: getattr(zone, name) for name in FIGURES}
    return told | {
        f"value_{number}": zone.values.get(value, 0.0) for number, value in enumerate(values, start=1)
    }


def fields_of_layer(found: Zonal) -> dict[str, dict[str, Any]]:
    """What the properties mean, as the schema of a layer."""
    unit = {"unit": found.unit} if found.unit else {}
    named = zip(FIGURES, ("ελάχιστο", "μέσο", "διάμεσος", "μέγιστο", "άθροισμα"), strict=True)
    fields: dict[str, dict[str, Any]] = {
        "name": {"type": "string", "title": found.by_field or found.by_title},
        "area_m2": {"type": "number", "title": "Εμβαδόν", "title_en": "Area", "unit": "m²"},
        "covered_m2": {"type": "number", "title": "Με τιμή", "title_en": "With a value", "unit": "m²"},
    }
    for name, title in named:
        fields[name] = {"type": "number", "title": title, "title_en": name, **unit}
    for number, value in enumerate(found.values, start=1):
        fields[f"value_{number}"] = {
            "type": "number",
            "title": f"{found.raster_title}: {value}",
            "unit": "m²",
        }
    return fields

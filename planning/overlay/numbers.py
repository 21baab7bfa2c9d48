"""Figures of an overlay as people read them, in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.overlay.order import Measure

HECTARE = 10_000
SQUARE_KILOMETRES_FROM = 10_000_000


def unit_of(measure: Measure) -> str:
    return {Measure.AREA: _("m²"), Measure.LENGTH: _("m"), Measure.COUNT: ""}[measure]


def amount(value: float, measure: Measure) -> str:
    """Whole m² or metres, as the table has them; something that is less than one is not nothing."""
    if 0 < value < 0.5:
        return "< 1"
    return number_format(round(value), 0, force_grouping=True)


def with_unit(value: float, measure: Measure) -> str:
    """For a summary: hectares where m² would be too long to read."""
    if measure == Measure.AREA and value >= SQUARE_KILOMETRES_FROM:
        return _("%(number)s ha") % {
            "number": number_format(round(value / HECTARE, 1), 1, force_grouping=True)
        }
    return f"{amount(value, measure)} {unit_of(measure)}".strip()


def share(part: float, whole: float) -> str:
    """In percent, one decimal; blank where there is no whole."""
    return f"{number_format(round(100 * part / whole, 1), 1)} %" if whole > 0 else ""

"""Orders parsed at the edge: what an address or a command line asks for, or a refusal that names the choices."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from layers.exports.errors import (
    BadExportBox,
    BadExportMoment,
    FormatHasOneCrs,
    FormatIsUnicode,
    NoPastHere,
    UnknownExportCrs,
    UnknownExportEncoding,
    UnknownExportFormat,
)
from layers.exports.formats import ENCODINGS, FORMATS, Format
from layers.exports.order import UTF8, Box, ExportOrder
from layers.exports.systems import System, system_named, systems
from layers.sources import FeatureSource


def order_from(
    source: FeatureSource, given: Mapping[str, str], filters: tuple[str, ...] = (), address: str = ""
) -> ExportOrder:
    """Read `format`, `crs`, `encoding`, `bbox`, `valid` and `known`; raises a PortalError that names the choices."""
    form = _format(given.get("format", ""))
    valid, known = _moment(given.get("valid", "")), _moment(given.get("known", ""), is_end=True)
    order = ExportOrder(
        source,
        form,
        _system(form, given.get("crs", "")),
        _encoding(form, given.get("encoding", "")),
        _box(given.get("bbox", "")),
        valid,
        known,
        filters,
        address,
    )
    if order.is_past and (source.download is None or source.download.as_of is None):
        raise NoPastHere(title=source.title)
    return order


def _format(text: str) -> Format:
    name = text.strip().lower() or "gpkg"
    if name not in FORMATS:
        raise UnknownExportFormat(given=text[:40], choices=", ".join(FORMATS))
    return FORMATS[name]


def _system(form: Format, text: str) -> System:
    known = systems()
    default = known["crs84"] if form.in_degrees else next(s for s in known.values() if s.is_storage)
    if not text.strip():
        return default
    system = system_named(text)
    if system is None:
        raise UnknownExportCrs(given=text[:40], choices=", ".join(known))
    if form.only_degrees and not system.is_degrees:
        raise FormatHasOneCrs(format=form.title, crs=known["crs84"].title)
    return system


def _encoding(form: Format, text: str) -> str:
    name = text.strip().lower() or UTF8
    if name not in ENCODINGS:
        raise UnknownExportEncoding(given=text[:40], choices=", ".join(ENCODINGS))
    if name != UTF8 and not form.has_encodings:
        raise FormatIsUnicode(format=form.title)
    return name


def _box(text: str) -> Box | None:
    if not text.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadExportBox(given=text[:80]) from error
    numbers = (west, south, east, north)
    inside = all(map(math.isfinite, numbers)) and -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not inside:
        raise BadExportBox(given=text[:80])
    return numbers


def _moment(text: str, *, is_end: bool = False) -> datetime | None:
    """A moment, or a day of the municipality's clock: its beginning, or its last instant."""
    if not text.strip():
        return None
    try:
        if len(text.strip()) == len("2024-03-01"):
            day = date.fromisoformat(text.strip())
            return timezone.make_aware(datetime.combine(day, time.max if is_end else time.min))
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError) as error:
        raise BadExportMoment(given=text[:40]) from error

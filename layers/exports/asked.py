"""Orders parsed at the edge: what an address or a command line asks for, or a refusal that names the choices."""

import math
from collections.abc import Mapping

from layers.exports.errors import (
    BadExportBox,
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
from layers.moments import AsOf
from layers.sources import FeatureSource


def order_from(
    source: FeatureSource, given: Mapping[str, str], filters: tuple[str, ...] = (), address: str = ""
) -> ExportOrder:
    """Read `format`, `crs`, `encoding`, `bbox`, `valid` and `known`; raises a PortalError that names the choices."""
    form = _format(given.get("format", ""))
    moments = AsOf.parse(given.get("valid", ""), given.get("known", ""))
    order = ExportOrder(
        source,
        form,
        _system(form, given.get("crs", "")),
        _encoding(form, given.get("encoding", "")),
        _box(given.get("bbox", "")),
        None if moments.is_now else moments,
        filters,
        address,
    )
    if order.moments is not None and (source.download is None or source.download.as_of is None):
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

"""README.txt of an archive, in Greek and in English: what is inside, from when, and what may be done with it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from layers.exports.export import Export
from layers.exports.fields import Kind
from layers.exports.survey import LANGUAGES, facts_of

NAME = "README.txt"
Facts = dict[str, Any]


def readme(export: Export, file_names: list[str], made_at: datetime) -> str:
    """The text, Greek first. To be written when all rows are."""
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            parts.append("\n".join(_lines(export, file_names, made_at)))
    return "\n\n\n".join(parts) + "\n"


def _lines(export: Export, file_names: list[str], made_at: datetime) -> Iterator[str]:
    source, download = export.order.source, facts_of(export.order.source)
    title = str(source.title)
    yield from (title, "=" * len(title))
    if download.description:
        yield from (download.description, "")
    yield _("Files: %(names)s") % {"names": ", ".join(file_names)}
    yield _("Made: %(moment)s") % {"moment": _moment(made_at)}
    if export.order.address:
        yield _("Address: %(address)s") % {"address": f"{settings.SITE_URL}{export.order.address}"}
    yield _("Revision: %(number)s") % {"number": revision_of(export)}
    yield from _which(export)
    yield _("Source: %(source)s") % {"source": download.source or source.attribution or "—"}
    yield _("Licence: %(licence)s") % {"licence": download.licence or _("not stated; ask the municipality")}
    yield from ("", *_system(export), "", *_fields(export))
    if export.notes:
        yield from ("", _("Please note"), "-" * len(_("Please note")))
        yield from (f"- {_note(sentence, facts)}" for sentence, facts in export.notes)


def _which(export: Export) -> Iterator[str]:
    """How many rows, and what narrowed them."""
    order = export.order
    rows = export.survey.rows
    yield ngettext("Rows: %(rows)d", "Rows: %(rows)d", rows) % {"rows": rows}
    if order.moments is not None:
        yield _("As it held on: %(moment)s") % {"moment": _moment(order.moments.valid)}
        if order.moments.known is not None:
            yield _("As it was known on: %(moment)s") % {"moment": _moment(order.moments.known)}
    filters = list(order.filters)
    if order.box is not None:
        filters.append(_("touches the box %(box)s") % {"box": ", ".join(f"{part:g}" for part in order.box)})
    yield _("Filter: %(filter)s") % {"filter": "; ".join(filters) or _("none, all rows")}


def _system(export: Export) -> Iterator[str]:
    system = export.order.system
    yield _("Coordinate system: %(crs)s") % {"crs": system.title}
    if not system.is_storage:
        yield _(
            "The coordinates are kept in EPSG:%(storage)s and were transformed; from the Greek Grid to WGS 84 this is "
            "good to 1 metre."
        ) % {"storage": settings.STORAGE_SRID}
    else:
        yield _("The coordinates are as they are kept, in metres; the way to WGS 84 is good to 1 metre.")
    yield _("Text encoding: %(encoding)s") % {"encoding": export.order.encoding}


def _fields(export: Export) -> Iterator[str]:
    heading = _("Fields")
    yield from (heading, "-" * len(heading))
    if not export.survey.fields:
        yield _("The rows have no fields.")
    language = translation.get_language() or "el"
    for number, field in enumerate(export.survey.fields):
        key = " · " + _("by this an import knows the row again") if number == export.survey.key else ""
        yield f"{field.name} · {field.title(language)} · {kind_word(field.kind)}{key}"


def kind_word(kind: Kind) -> str:
    words = {
        Kind.TEXT: _("text"),
        Kind.WHOLE: _("whole number"),
        Kind.NUMBER: _("number"),
        Kind.TRUTH: _("yes or no"),
        Kind.DAY: _("date"),
        Kind.MOMENT: _("date and time"),
        Kind.JSON: _("list, as JSON"),
    }
    return words[kind]


def _note(sentence: Any, facts: Facts) -> str:
    text = _(str(sentence))
    return text % facts if facts else text


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def revision_of(export: Export) -> str:
    """The number of the revision of a layer; with `known`, of the last one of that time."""
    order = export.order
    if order.moments is not None and order.moments.known is not None:
        return _("the one of that day")
    return str(order.source.revision or "—")

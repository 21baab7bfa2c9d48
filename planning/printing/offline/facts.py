"""What features say when somebody clicks them in the file: facts in the reader's language, as HTML that is safe."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localtime

from core.languages import entry_in_reader_language
from layers.drawing.reading import DrawnLayer
from layers.exports.survey import facts_of as download_of
from layers.facts import facts_of
from layers.ogcapi.fields import expression
from layers.ogcapi.sql import bounded
from municipality.roles import AnyUser
from planning.maps.pages import titles_of

LONGEST_FACT, MOST_FACTS = 240, 14


@dataclass(frozen=True)
class Telling:
    """For one reader, from whose sources the layers came."""

    titles: dict[str, str]

    @classmethod
    def to(cls, user: AnyUser, slugs: list[str]) -> "Telling":
        return cls(titles_of(user, slugs))

    def popups(self, layer: DrawnLayer, pks: list[int]) -> dict[int, str]:
        """By the number of the row, of those that were read with the rights of this reader."""
        source = layer.source
        download = download_of(source)
        columns = {f"told_{n}": expression(value) for n, value in enumerate(download.properties.values())}
        more = {"told_json": F(download.json_properties)} if download.json_properties else {}
        rows = layer.rows.order_by().filter(pk__in=pks).annotate(told_key=F(source.key), **more, **columns)
        found: dict[int, str] = {}
        with bounded():
            for row in rows.values("pk", "told_key", *more, *columns):
                properties = dict(row.get("told_json") or {})
                for name, alias in zip(download.properties, columns, strict=True):
                    properties[name] = _plain(row[alias])
                found[row["pk"]] = self._popup(layer, str(row["told_key"]), properties)
        return found

    def _popup(self, layer: DrawnLayer, key: str, properties: dict[str, Any]) -> str:
        source, download = layer.source, download_of(layer.source)
        named = {name: {"title": str(text), "title_en": str(text)} for name, text in download.titles.items()}
        schema = {"properties": {**named, **download.schema.get("properties", {})}}
        title = entry_in_reader_language(properties, self.titles.get(source.slug, "")) or key
        facts = [(capfirst(name), text[:LONGEST_FACT]) for name, text in facts_of(properties, schema)]
        rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", facts[:MOST_FACTS])
        head = format_html("<p>{}</p><h3>{}</h3>", capfirst(str(source.title)), title)
        return str(conditional_escape(head) + format_html("<dl>{}</dl>", rows))


def _plain(value: Any) -> Any:
    """Moments and days as the reader writes them."""
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value

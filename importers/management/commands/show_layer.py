"""`manage.py show_layer SLUG`: what a layer says, said on a day, or was believed to say."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import PortalError
from core.geo import to_lonlat
from importers.command import SentenceCommand
from layers.facts import facts_of
from layers.models import Feature, Layer
from layers.moments import AsOf
from layers.querysets import FeatureQuerySet

SHOWN = 20


class Command(SentenceCommand):
    help = (
        "What a layer says now, said on a day (--valid), or was believed to say (--known). Exit code 0: done, "
        "1: refused, 2: wrong options."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--valid", default="", metavar="DATE", help="what held on that day")
        parser.add_argument("--known", default="", metavar="DATE", help="as it was known on that day")
        parser.add_argument("--key", default="", help="only this feature")
        parser.add_argument(
            "--limit", type=int, default=SHOWN, metavar="N", help="how many rows to write out"
        )
        parser.add_argument("--json", action="store_true", help="all of it as GeoJSON in degrees")

    def handle(self, *args: Any, **options: Any) -> None:
        layer = Layer.objects.filter(slug=options["slug"]).first()
        if layer is None:
            raise CommandError(_("There is no layer “%(slug)s”.") % {"slug": options["slug"]})
        try:
            moments = AsOf.parse(options["valid"], options["known"])
            # The command is for the owner of the machine, who may see all.
            features = Feature.objects.of_layer(layer.pk).told(layer, moments)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["key"]:
            features = features.filter(key=options["key"])
        if options["json"]:
            self._write_geojson(layer, moments, features)
        else:
            self._tell(layer, moments, features, max(0, options["limit"]))

    def _tell(self, layer: Layer, moments: AsOf, features: FeatureQuerySet, limit: int) -> None:
        count = features.count()
        self.stdout.write(_title(layer, moments))
        words = ngettext("%(count)s feature.", "%(count)s features.", count)
        self.stdout.write(words % {"count": count})
        for feature in features.order_by("key")[:limit]:
            facts = " · ".join(
                f"{label}: {value}" for label, value in facts_of(feature.properties, layer.field_schema)
            )
            self.stdout.write(f"{feature.key}  {facts}")
        if count > limit:
            self.stdout.write(_("… and %(count)s more.") % {"count": count - limit})

    def _write_geojson(self, layer: Layer, moments: AsOf, features: FeatureQuerySet) -> None:
        facts = {"layer": layer.slug, "revision": layer.revision, "valid": moments.valid.isoformat()}
        facts["known"] = moments.known.isoformat() if moments.known else None
        head = json.dumps({"type": "FeatureCollection", **facts}, ensure_ascii=False)[:-1]
        self.stdout.write(f'{head}, "features": [')
        for number, line in enumerate(_lines(features)):
            self.stdout.write(f",\n{line}" if number else line, ending="")
        self.stdout.write("\n]}")


def _lines(features: FeatureQuerySet) -> Iterator[str]:
    for feature in features.order_by("key").iterator(chunk_size=1000):
        geometry = None if feature.geom is None else json.loads(to_lonlat(feature.geom).json)
        row = {
            "type": "Feature",
            "id": feature.key,
            "properties": feature.properties,
            "geometry": geometry,
            "valid": [
                moment.isoformat() if moment else None
                for moment in (feature.valid.lower, feature.valid.upper)
            ],
        }
        yield json.dumps(row, ensure_ascii=False)


def _title(layer: Layer, moments: AsOf) -> str:
    facts = {"layer": layer, "valid": _day(moments.valid)}
    if moments.known is None:
        return _("%(layer)s on %(valid)s, as known now.") % facts
    return _("%(layer)s on %(valid)s, as known on %(known)s.") % {**facts, "known": _day(moments.known)}


def _day(moment: Any) -> str:
    return str(date_format(localtime(moment), "DATE_FORMAT"))

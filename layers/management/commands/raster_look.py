"""`manage.py raster_look SLUG`: say how a raster is drawn, where its file does not tell, or print how it is."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import PortalError
from layers.actions.rasters import change_raster_look
from layers.models import Raster
from layers.rasters.offered import layers_of
from layers.rasters.ramps import RAMPS
from layers.rasters.spec import Kind, spec_of


class Command(BaseCommand):
    help = "Say how a raster is drawn: its kind, colour ramp, stretch and classes. Without options: how it is now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--kind", choices=[kind.value for kind in Kind])
        parser.add_argument("--ramp", choices=sorted(RAMPS))
        parser.add_argument("--stretch", nargs=2, type=float, metavar=("LOW", "HIGH"))
        parser.add_argument(
            "--classes",
            type=Path,
            help="CSV with the columns value, color (#rrggbb), label and perhaps label_en",
        )
        parser.add_argument(
            "--theme", help="under which the layer tree shows it, such as environment or land_use"
        )
        parser.add_argument("--shown", action="store_true", help="on the map from the first moment")
        parser.add_argument("--forget", action="store_true", help="what was said before, and start anew")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        raster = Raster.objects.filter(slug=slug).first()
        if raster is None:
            raise CommandError(_("There is no raster “%(slug)s”.") % {"slug": slug})
        said = _said(options)
        try:
            if said or options["forget"]:
                before = {} if options["forget"] else raster.look
                raster = change_raster_look(slug=slug, look={**before, **said})
            self._tell(raster)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, raster: Raster) -> None:
        spec = spec_of(raster)
        self.stdout.write(f"{raster.slug} · {spec.kind.value} · {spec.ramp} · {spec.low:g} – {spec.high:g}")
        self.stdout.write(json.dumps(raster.look, ensure_ascii=False))
        for layer in layers_of(raster):
            self.stdout.write(f"  {layer.slug}  {layer.title}")


def _said(options: dict[str, Any]) -> dict[str, Any]:
    said = {name: options[name] for name in ("kind", "ramp", "theme") if options[name]}
    if options["stretch"]:
        said["stretch"] = list(options["stretch"])
    if options["shown"]:
        said["shown_at_first"] = True
    if options["classes"]:
        said |= {"classes": _classes(options["classes"])}
        said.setdefault("kind", Kind.CLASSES.value)
    return said


def _classes(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            {
                "value": float(row["value"]),
                "color": row["color"].strip(),
                "label": row["label"].strip(),
                "label_en": (row.get("label_en") or "").strip(),
            }
            for row in rows
        ]
    except (OSError, UnicodeError, KeyError, ValueError, AttributeError) as error:
        raise CommandError(
            _("%(file)s cannot be read as a table with the columns value, color and label: %(why)s")
            % {"file": path, "why": error}
        ) from error

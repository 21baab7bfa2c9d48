"""`manage.py export_layer SLUG FILE`: a layer, a register or the issues of the map as a file."""

import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import PortalError
from layers.exports import FORMATS, ExportOrder, make_archive, make_file, order_from
from layers.exports.export import Export
from layers.sources import source_for
from municipality.roles import AnyUser


class Command(BaseCommand):
    help = "Write a layer, an asset type (assets-…), areas (areas-…) or issues to a file; a .zip has a README too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="what to export, as in the address of its tiles")
        parser.add_argument("file", type=Path, help="where to; its ending names the format")
        parser.add_argument("--format", default="", help=f"for a .zip: {', '.join(FORMATS)}")
        parser.add_argument("--crs", default="", help="crs84, 3857, or the number of the storage CRS")
        parser.add_argument(
            "--encoding", default="", help="Shapefile and CSV: utf-8, cp1253, iso-8859-7, cp737"
        )
        parser.add_argument("--bbox", default="", help="west,south,east,north in degrees")
        parser.add_argument("--valid", default="", metavar="DATE", help="as it held on that day")
        parser.add_argument("--known", default="", metavar="DATE", help="as it was known on that day")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            metavar="EMAIL",
            help="what this person may see; what everybody may see when left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            order = _order(options)
            export = self._made(order, path)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            sentence = _("%(file)s cannot be written: %(reason)s.")
            raise CommandError(sentence % {"file": path, "reason": error.strerror}) from error
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. No file was written."), returncode=130) from None
        sentence = _("%(rows)d rows of “%(title)s” written to %(file)s as %(format)s in %(crs)s.")
        facts = {"rows": export.survey.rows, "title": order.source.title, "file": path}
        self.stdout.write(sentence % {**facts, "format": order.format.title, "crs": order.system.title})

    def _made(self, order: ExportOrder, path: Path) -> Export:
        make = make_archive if path.suffix.lower() == ".zip" else make_file
        export = make(order, path, self._progress if sys.stderr.isatty() else None)
        if sys.stderr.isatty():
            self.stderr.write("", ending="\n")
        return export

    def _progress(self, read: int, rows: int) -> None:
        self.stderr.write(f"\r{100 * read // max(rows, 1):3d} %", ending="")


def _order(options: dict[str, Any]) -> ExportOrder:
    source = source_for(_person(options["email"]), options["slug"])
    ending = options["file"].suffix.lower().removeprefix(".")
    asked = {name: options[name] for name in ("crs", "encoding", "bbox", "valid", "known")}
    return order_from(
        source, {**asked, "format": options["format"] or ("gpkg" if ending == "zip" else ending)}
    )


def _person(email: str) -> AnyUser:
    if not email:
        return AnonymousUser()
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(_("Nobody here has the e-mail %(email)s.") % {"email": email})
    return person

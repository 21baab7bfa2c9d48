"""`manage.py render_map NAME`: a saved map, or some layers, as PDF, as a picture or as a file that opens offline."""

import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import PortalError
from municipality.roles import AnyUser
from planning.printing.command import FORMATS, Rendering, render


class Command(BaseCommand):
    help = "Draw a planning map: its title or token, or --layers a,b,c. Prints how far it is on a terminal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="title or token of a saved map")
        parser.add_argument(
            "--format", choices=FORMATS, default="", help="left out: by the ending of --output"
        )
        parser.add_argument("--output", type=Path, default=None, help="where to; left out: NAME.FORMAT")
        parser.add_argument("--layers", default="", help="layers instead of a saved map, the undermost first")
        parser.add_argument(
            "--map", default="", metavar="ZOOM/LAT/LON", help="the place, else that of the map"
        )
        parser.add_argument("--scale", default="", help="1000 for 1:1000; left out: what the map shows")
        parser.add_argument("--paper", default="A4", help="A4 to A0")
        parser.add_argument("--orientation", default="landscape", help="landscape or portrait")
        parser.add_argument("--title", default="", help="left out: that of the map")
        parser.add_argument("--dpi", default="", help="of a PNG; 150 when left out")
        parser.add_argument("--valid", default="", metavar="DATE", help="as it held on that day")
        parser.add_argument("--known", default="", metavar="DATE", help="as it was known on that day")
        parser.add_argument("--language", default="el", choices=("el", "en"))
        parser.add_argument(
            "--as",
            dest="person",
            default="anonymous",
            metavar="EMAIL",
            help="what this person may see; anonymous: what everybody may",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = _path(options)
        form = options["format"] or path.suffix.lower().removeprefix(".")
        if form not in FORMATS:
            choices = ", ".join(FORMATS)
            raise CommandError(
                _("“%(form)s” is no format. Choose one of: %(choices)s.") % {"form": form, "choices": choices}
            )
        try:
            with translation.override(options["language"]):
                content = render(_rendering(options, form), self._progress if sys.stderr.isatty() else None)
            path.write_bytes(content)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            sentence = _("%(file)s cannot be written: %(reason)s.")
            raise CommandError(sentence % {"file": path, "reason": error.strerror}) from error
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. No file was written."), returncode=130) from None
        if sys.stderr.isatty():
            self.stderr.write("", ending="\n")
        self.stdout.write(_("%(file)s: %(size)s kB.") % {"file": path, "size": max(len(content) // 1000, 1)})

    def _progress(self, share: float) -> None:
        self.stderr.write(f"\r{100 * share:3.0f} %", ending="")


def _path(options: dict[str, Any]) -> Path:
    if options["output"] is not None:
        return Path(options["output"])
    if not options["format"]:
        raise CommandError(_("Say --format or --output, so that it is clear what to write."))
    return Path(f"{options['name'] or 'map'}.{options['format']}")


def _rendering(options: dict[str, Any], form: str) -> Rendering:
    if bool(options["name"]) == bool(options["layers"]):
        raise CommandError(_("Name a saved map, or say --layers; not both."))
    names = ("layers", "map", "scale", "paper", "orientation", "title", "dpi", "valid", "known")
    words = {name: options[name] for name in names if options[name]}

    return Rendering(options["name"], form, words, _person(options["person"]), options["language"])


def _person(email: str) -> AnyUser:
    if email in ("", "anonymous"):
        return AnonymousUser()
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(_("Nobody here has the e-mail %(email)s.") % {"email": email})
    return person

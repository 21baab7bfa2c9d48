"""`manage.py export_pmtiles FILE source …`: tiles of an area in one file, for maps without a network."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import PortalError
from layers.actions.overviews import build_missing_overviews
from layers.tile_archive import write_archive
from layers.tile_progress import TileProgress
from layers.tile_sets import TileSet, tile_set_for
from layers.tile_walk import Walk
from municipality.roles import AnyUser


class Command(BaseCommand):
    help = "Write the tiles of one or several sources to a .pmtiles file, a tile layer each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to, ending in .pmtiles")
        parser.add_argument(
            "slugs", nargs="+", metavar="source", help="as in tile addresses; base is the base map"
        )
        parser.add_argument("--zooms", default="8-15", help="from-to; 8-15 when left out")
        parser.add_argument(
            "--bbox", default="", help="west,south,east,north in degrees; else the municipality"
        )
        parser.add_argument(
            "--as", dest="email", default="", metavar="EMAIL", help="what this person may see; else everybody"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            walk = Walk.parse(options["bbox"], options["zooms"])
            person = _person(options["email"])
            build_missing_overviews()
            tile_set = _together([tile_set_for(person, slug) for slug in dict.fromkeys(options["slugs"])])
            count = write_archive(path, tile_set, walk, TileProgress(self.stderr, len(walk)))
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            sentence = _("%(file)s cannot be written: %(reason)s.")
            raise CommandError(sentence % {"file": path, "reason": error.strerror}) from error
        sentence = _("%(count)d tiles written to %(file)s, %(size)d kB.")
        size = path.stat().st_size // 1000
        self.stdout.write(sentence % {"count": count, "file": path, "size": size})


def _together(tile_sets: list[TileSet]) -> TileSet:
    sources = {source.slug: source for tile_set in tile_sets for source in tile_set.sources}
    return TileSet("archive", tuple(sources.values()))


def _person(email: str) -> AnyUser:
    if not email:
        return AnonymousUser()
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(_("Nobody here has the e-mail %(email)s.") % {"email": email})
    return person

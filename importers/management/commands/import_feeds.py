"""`manage.py import_feeds`: look at the feeds; `add`, `list` and `remove` keep them."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from core.child import end_with_parent
from core.errors import PortalError
from importers.actions.feeds import add_feed, feed_named, look_at_feeds, remove_feed, tell_of_last_run
from importers.command import SentenceCommand
from importers.models import ImportFeed, ImportRun, Work
from importers.rules import read_mapping_file
from importers.targets import TARGETS


class Command(SentenceCommand):
    help = "Look at the folders and addresses that are due; what is new waits for the worker, or is imported now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="look at all of them, and import here and now"
        )
        parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
        doing = parser.add_subparsers(dest="doing", metavar="add|list|remove")
        doing.add_parser("list", help="all feeds, and how they did")
        doing.add_parser("remove", help="look no more; what came stays").add_argument("name")
        _add_arguments_of_add(doing.add_parser("add", help="have a folder or an address looked at"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("with_parent"):
            end_with_parent()
        try:
            doing = {"add": self.add, "list": self.list, "remove": self.remove, None: self.look}
            doing[options["doing"]](options)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal

    def look(self, options: dict[str, Any]) -> None:
        count = look_at_feeds(all_of_them=options["once"])
        if options["once"]:
            for feed in ImportFeed.objects.filter(last_run__asked=Work.IMPORT, last_run__started_at=None):
                assert feed.last_run_id is not None  # noqa: S101
                call_command("import_run", feed.last_run_id, work=Work.IMPORT, stdout=self.stderr)
        self.list(options)
        self.stdout.write(_("New files: %(count)d") % {"count": count})

    def list(self, options: dict[str, Any]) -> None:
        for feed in ImportFeed.objects.all():
            if feed.last_run_id:
                feed.last_run = ImportRun.objects.get(pk=feed.last_run_id)
                tell_of_last_run(feed=feed)
            target = f"{feed.order['target']}:{feed.order['slug']}".rstrip(":")
            self.stdout.write(
                f"{feed.name}  {feed.address} → {target}  {feed.every_minutes} min  {feed.last_message}"
            )

    def remove(self, options: dict[str, Any]) -> None:
        remove_feed(feed=feed_named(options["name"]))

    def add(self, options: dict[str, Any]) -> None:
        target, _colon, slug = options["target"].partition(":")
        add_feed(
            name=options["name"],
            address=options["address"],
            target=target,
            slug=slug,
            order=_document(options["order"]),
            mapping=_document(options["mapping"]),
            pattern=options["pattern"],
            file_name=options["file_name"],
            every_minutes=options["every"],
            user=_person(options["user"]),
        )


def _add_arguments_of_add(parser: CommandParser) -> None:
    parser.add_argument("name")
    parser.add_argument("address", help="a folder of this machine, or an http(s) address")
    parser.add_argument(
        "--target",
        required=True,
        metavar="TARGET:SLUG",
        help=f"e.g. layer:parcels; targets: {', '.join(TARGETS)}",
    )
    parser.add_argument("--every", type=int, default=1440, metavar="MINUTES")
    parser.add_argument(
        "--order", type=Path, metavar="FILE", help="YAML: key, set_aside, allow_removals, options …"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="YAML: which field fills which")
    parser.add_argument("--pattern", default="", help="which files of the folder, e.g. parcels*.zip")
    parser.add_argument(
        "--file-name", default="", help="what to call the file, where the address does not tell"
    )
    parser.add_argument("--user", default="", metavar="E-MAIL", help="in whose name, and with whose rights")


def _document(path: Path | None) -> dict[str, Any]:
    return read_mapping_file(path) if path is not None else {}


def _person(email: str) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("Nobody has the e-mail address “%(email)s”.") % {"email": email})
    return user

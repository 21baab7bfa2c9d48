"""`manage.py seed_organisation FILE`: departments, asset types, categories and routing rules from YAML."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.actions.organisation import seed_organisation
from importers.command import SentenceCommand


class Command(SentenceCommand):
    help = "Make or change departments, asset types, categories and routing rules as a YAML file says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = seed_organisation(path=options["file"], dry_run=options["dry_run"])
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        words = _("%(read)d entries: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.")
        self.stdout.write(words % report.counts_json())

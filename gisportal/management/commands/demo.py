"""`manage.py demo`: build the demo municipality in an empty database; `--logins` prints who may enter it."""

import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from gisportal.demo.load import AlreadyInhabited, load_demo
from gisportal.demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Build the demo municipality in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print the demo logins and do nothing else")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day on which the demo's history ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            # A portal of one's own has none of these people.
            if User.objects.filter(email__in=[person.email for person in PEOPLE]).exists():
                self._print_logins()
            return
        started = time.monotonic()
        try:
            load_demo(today=options["today"], say=lambda line: self.stdout.write(f"  {line} …"))
        except AlreadyInhabited as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The demo municipality is ready ({time.monotonic() - started:.0f} s).")
        self._print_logins()

    def _print_logins(self) -> None:
        width = max(len(person.email) for person in PEOPLE)
        self.stdout.write(f"Demo logins, all with the password {PASSWORD}")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<{width}}  {person.name_en}, {person.does_en}")

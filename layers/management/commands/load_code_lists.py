"""`manage.py load_code_lists`: keep the land uses of the decrees and their crosswalk; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from layers.actions.codes import keep_code_list
from layers.codes.land_use import LISTS


class Command(BaseCommand):
    help = "Keep the code lists that come with the portal: the land uses of the decrees of 2018 and 1987."

    def handle(self, *args: Any, **options: Any) -> None:
        for row in LISTS:
            kept = keep_code_list(row=row)
            self.stdout.write(
                f"{kept.code_list.slug}: {len(row.codes)} codes, {kept.added} added, {kept.changed} changed"
            )

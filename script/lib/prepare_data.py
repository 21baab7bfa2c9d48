"""Bring the database to the code: migrations, code lists, cache table. Exit code 3: it has no municipality yet.

One process, because starting Django five times is most of what a second start would take.
"""

import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command

EMPTY = 3


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    django.setup()
    from django.conf import settings

    from municipality.models import Area

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_code_lists", stdout=StringIO())
    call_command("createcachetable", verbosity=0)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    sys.exit(0 if Area.objects.exists() else EMPTY)


if __name__ == "__main__":
    main()

"""`script/bench [name …]`: run the measurements and print one table. All by default (see MODULES).

Everything happens in a database of its own, made beside the one in DATABASE_URL and dropped at the end, so
nobody's data are touched.
"""

import os
import sys
from contextlib import redirect_stdout
from importlib import import_module

import django
from django.conf import settings

MODULES = (
    "tiles",
    "serving",
    "first_view",
    "endurance",
    "parcel",
    "overlay",
    "nearby",
    "routing",
    "importing",
    "exporting",
    "rasters",
    "mutations",
)


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(MODULES))
    if unknown:
        print(f"There is no measurement called {', '.join(unknown)}. There are: {', '.join(MODULES)}.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    django.setup()
    from django.db import connection

    held = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{held}_bench"
    with redirect_stdout(sys.stderr):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(_measured(names or list(MODULES)))
    finally:
        connection.creation.destroy_test_db(held, verbosity=0)
    return 0


def _measured(names: list[str]) -> str:
    from bench.report import Row, table

    rows: list[Row] = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += import_module(f"bench.{name}").run()
    return table(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

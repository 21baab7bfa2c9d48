"""Run management commands one after the other in one process: a JSON list of argument lists on standard input.

The storage CRS is a setting read at the start, so a portal in another CRS needs a process of its own.
"""

import json
import os
import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    django.setup()
    for arguments in json.load(sys.stdin):
        call_command(*arguments)

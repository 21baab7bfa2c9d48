"""`manage.py compare_plan ID`: what a draft plan changes, as figures, CSV, GeoJSON or PDF."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planning.command import in_a_sentence, reader
from planning.models import PlanVersion
from planning.overlay.files import csv_text
from planning.versions.compare import compare
from planning.versions.comparison import Comparison
from planning.versions.files import CSV, GEOJSON, PDF, geojson_of, rows_of
from planning.versions.paper import paper_of
from planning.versions.words import piece_rows, summary


class Command(BaseCommand):
    help = "Compare a draft plan with the plan in force. Without a number: list the drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", type=int, nargs="?", help="number of the draft")
        parser.add_argument("--plots", default="", metavar="SLUG", help="layer of plots; else the first one")
        parser.add_argument(
            "--user", default="", metavar="EMAIL", help="with this person's eyes; else everybody's"
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="write .csv, .geojson or .pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        user = reader(options["user"])
        drafts = PlanVersion.objects.visible_to(user).select_related("current", "draft")
        if options["version"] is None:
            for one in drafts:
                self.stdout.write(
                    f"{one.pk}  {one.title}  ({one.draft.slug} → {one.current.slug}, {one.state})"
                )
            return
        version = drafts.filter(pk=options["version"]).first()
        if version is None:
            raise CommandError(f"There is no draft {options['version']} that this reader may see.")
        with in_a_sentence():
            found = compare(version, user, options["plots"])
        for label, value in summary(found):
            self.stdout.write(f"{label}: {value}")
        for row in piece_rows(found):
            facts = "; ".join(f"{title}: {before} → {after}" for title, before, after in row.facts)
            self.stdout.write(f"{row.zone}  {row.word}  {row.area} m²  {facts}")
        if options["out"]:
            options["out"].write_bytes(content_of(version, found, options["out"].suffix.lstrip(".").lower()))


def content_of(version: PlanVersion, found: Comparison, kind: str) -> bytes:
    if kind == CSV:
        return csv_text(rows_of(found))
    if kind == GEOJSON:
        return json.dumps(geojson_of(found), ensure_ascii=False).encode()
    if kind == PDF:
        return paper_of(version, found)
    raise CommandError("The file is called .csv, .geojson or .pdf.")

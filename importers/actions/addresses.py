"""Import addresses and named places into the search: they take the place of those the same source gave before."""

from dataclasses import dataclass
from typing import Any

import shapely
from django.conf import settings
from django.db import connection
from psycopg2.extras import execute_values

from core.statements import statement
from importers.actions.journal import keep_changes
from importers.actions.loading import execute
from importers.actions.runs import carry_out
from importers.address_rows import PlaceRow, place_rows
from importers.errors import refuse_bad_slug
from importers.models import ImportRun, Target
from importers.order import Order
from importers.reading import Reading, reading
from importers.registers import PLACES, flat_states
from importers.report import Report
from layers.actions import RemovesTooMuch

SHOWN_LEFT = 20
INSERT = "INSERT INTO staged_places VALUES %s"
ROW = "(%s, %s, %s, %s, %s, '', %s, ST_GeomFromWKB(%s, {srid}))"


@dataclass(frozen=True)
class AddressesOrder(Order):
    """`slug` names the source: its earlier addresses are replaced, those of other sources stay. Unless
    `allow_removals`, a file that lacks more than settings.IMPORT_REMOVED_SHARE of them is refused."""

    slug: str = ""
    allow_removals: bool = False


def import_addresses(order: AddressesOrder) -> Report:
    """Bring the addresses of one source to what the file says; while rows were set aside, none is removed.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    facts = {"allow_removals": order.allow_removals}
    return carry_out(
        order, Target.ADDRESSES, order.slug, facts, lambda report, run: _import(order, report, run)
    )


def _import(order: AddressesOrder, report: Report, run: ImportRun) -> None:
    refuse_bad_slug(order.slug)
    prefix = f"import:{order.slug}:"
    execute("stage_places", {"srid": str(int(settings.STORAGE_SRID))})
    with reading(order, report) as read:
        if "street" not in read.fields:
            read.require("name")
        _stage(read, prefix, report)
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "judge_places"), {"prefix": prefix})
        _spare(cursor, report)
        cursor.execute("SELECT verdict, count(*) FROM place_verdicts GROUP BY verdict")
        report.counts.update(dict(cursor.fetchall()))
        if not (order.allow_removals or order.dry_run):
            _refuse_removal(report)
        _write(cursor, run)
        cursor.execute("DROP TABLE place_verdicts, staged_places")


def _stage(read: Reading, prefix: str, report: Report) -> None:
    template = ROW.format(srid=int(settings.STORAGE_SRID))
    for cleaned in read.batches():
        values = [_values(row) for row in place_rows(cleaned, prefix, report)]
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, INSERT, values, template, page_size=1000)


def _values(row: PlaceRow) -> tuple[Any, ...]:
    wkb = shapely.to_wkb(row.location, include_srid=False)
    return row.kind, row.key, row.name, row.name_en, row.context, row.weight, wkb


def _spare(cursor: Any, report: Report) -> None:
    """A row that was set aside may be any of those that seem to be gone, so all of them stay."""
    if not report.counts["refused"]:
        return
    cursor.execute("DELETE FROM place_verdicts WHERE verdict = 'removed' RETURNING key")
    left = sorted(key for (key,) in cursor.fetchall())
    if left:
        report.tell("left_alone", keys=", ".join(left[:SHOWN_LEFT]))


def _refuse_removal(report: Report) -> None:
    removed = report.counts["removed"]
    held = removed + report.counts["changed"] + report.counts["unchanged"]
    if removed > settings.IMPORT_REMOVED_SHARE * held:
        raise RemovesTooMuch(removed=removed, held=held, limit=round(100 * settings.IMPORT_REMOVED_SHARE))


def _write(cursor: Any, run: ImportRun) -> None:
    cursor.execute("SELECT id FROM place_verdicts WHERE verdict IN ('changed', 'removed')")
    before = flat_states(PLACES, [pk for (pk,) in cursor.fetchall()])
    cursor.execute(statement("importers", "write_places"))
    cursor.execute("SELECT id, kind || ' ' || key FROM place_verdicts WHERE verdict <> 'unchanged'")
    keep_changes(run=run, register=PLACES, keys=dict(cursor.fetchall()), before=before)

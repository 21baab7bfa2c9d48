"""Import assets of one type: rows are recognised by code, written set by set, each change with its event."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.actions import change_asset_type, start_revision
from assets.models import AssetType
from core.statements import statement
from importers.actions.loading import execute, repeated_key
from importers.actions.runs import carry_out
from importers.binary_copy import copy_rows, row_start, rows
from importers.errors import NoSuchTarget, TypeExists, refuse_bad_slug
from importers.field_schema import FieldTypes
from importers.models import ImportRun, Target
from importers.order import Order
from importers.reading import Reading, reading
from importers.report import Report
from importers.rows import KeyRule, encoded_rows
from layers.models import GeometryKind
from municipality.models import Department

CODE_LENGTH = 60


@dataclass(frozen=True)
class AssetsOrder(Order):
    """What goes into which type. `key` names the field with the code; `owner` is the slug of the department or
    body that owns them all. With `create_type` the type is made, with this title and icon."""

    slug: str = ""
    key: str = ""
    owner: str = ""
    create_type: bool = False
    title: str = ""
    icon: str = ""

    def fills(self, kind: str, slug: str) -> bool:
        return (kind, slug) == ("assets", self.slug)


def import_assets(order: AssetsOrder) -> Report:
    """Add new assets and bring known ones (by code) up to date; assets that the file lacks are left and told.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    facts = {
        "key": order.key,
        "owner": order.owner,
        "create_type": order.create_type,
        "title": order.title,
        "icon": order.icon,
    }
    return carry_out(order, Target.ASSETS, order.slug, facts, lambda report, run: _import(order, report, run))


def _import(order: AssetsOrder, report: Report, run: ImportRun) -> None:
    owner = _owner(order.owner)
    kind = _type(order)
    key = order.rules.named(order.key)
    with reading(
        order,
        report,
        expected=GeometryKind.MIXED if order.create_type else kind.geometry_kind,
        key_field=key,
    ) as read:
        read.require(key)
        types = FieldTypes(read.fields)
        try:
            _stage(read, KeyRule(key, CODE_LENGTH, kind.code_format), types)
        except IntegrityError as error:
            raise repeated_key(error, key) from error
    _write(order, kind, owner, report, run)
    _describe(order, kind, types, read.cleaner.kinds)


def _stage(read: Reading, rule: KeyRule, types: FieldTypes) -> None:
    execute("stage_assets", {"srid": str(int(settings.STORAGE_SRID))})
    head = row_start(3)
    copy_rows(
        "staged_assets",
        "key, properties, geom",
        (rows(head, part) for part in encoded_rows(read, rule, types)),
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE staged_assets ADD PRIMARY KEY (key)")
        cursor.execute("ANALYZE staged_assets")


def _write(
    order: AssetsOrder, kind: AssetType, owner: Department | None, report: Report, run: ImportRun
) -> None:
    values: dict[str, Any] = {
        "type": kind.pk,
        "owner": owner.pk if owner else None,
        "actor": order.user.pk if order.user else None,
        "at": timezone.now(),
        "source": order.file_name,
        "run": run.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "judge_assets"), values)
        cursor.execute("SELECT verdict, count(*) FROM asset_verdicts GROUP BY verdict")
        report.counts.update(dict(cursor.fetchall()))
        if report.counts["added"] or report.counts["changed"]:
            cursor.execute(statement("importers", "write_assets"), values)
            start_revision(kind)
        cursor.execute(statement("importers", "left_assets"), values)
        left = [code for (code,) in cursor.fetchall()]
        cursor.execute("DROP TABLE asset_verdicts, staged_assets")
    if left:
        report.tell("left_alone", keys=", ".join(left))


def _type(order: AssetsOrder) -> AssetType:
    known = AssetType.objects.select_for_update().filter(slug=order.slug).first()
    if known is not None and order.create_type:
        raise TypeExists(slug=order.slug)
    if known is not None:
        return known
    if not order.create_type:
        slugs = ", ".join(AssetType.objects.values_list("slug", flat=True)) or "—"
        raise NoSuchTarget(kind=_("asset type"), slug=order.slug, known=slugs)
    refuse_bad_slug(order.slug)
    return AssetType.objects.create(
        slug=order.slug, title=order.title[:100] or order.slug, icon=order.icon or "map-pin"
    )


def _owner(slug: str) -> Department | None:
    if not slug:
        return None
    owner = Department.objects.filter(slug=slug).first()
    if owner is None:
        slugs = ", ".join(Department.objects.active().values_list("slug", flat=True)) or "—"
        raise NoSuchTarget(kind=_("department"), slug=slug, known=slugs)
    return owner


def _describe(order: AssetsOrder, kind: AssetType, types: FieldTypes, kinds: set[str]) -> None:
    """What the type did not know yet: its fields, and the kind of geometry when it was made just now."""
    changes: dict[str, Any] = {}
    if order.create_type:
        changes["geometry_kind"] = next(iter(kinds)) if len(kinds) == 1 else GeometryKind.MIXED
    if not kind.field_schema:
        changes["field_schema"] = types.schema()
    if changes:
        change_asset_type(asset_type=kind, **changes)

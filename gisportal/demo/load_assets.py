"""Asset types and assets, each asset with the event of its making."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.models import Asset, AssetEvent, AssetType
from municipality.models import Department

from .asset_types import ASSET_TYPES
from .assets import AssetDraft
from .furniture import benches, bins, drains, playgrounds, signs
from .geometry import stored
from .greenery import trees
from .lamps import lighting

BATCH = 2000


@dataclass(frozen=True)
class Assets:
    """Types by slug, assets by type slug and code."""

    types: dict[str, AssetType]
    rows: dict[tuple[str, str], Asset]


def drafts() -> tuple[tuple[AssetDraft, ...], ...]:
    """All assets; what feeds others comes in an earlier group than what it feeds."""
    light = lighting()
    play = playgrounds()
    first = (*light.pillars, *(draft for draft in play if draft.kind == "playground"))
    third = (
        *light.lamps,
        *(draft for draft in play if draft.kind != "playground"),
        *bins(),
        *trees(),
        *drains(),
        *signs(),
        *benches(),
    )
    return first, light.circuits, third


def load_assets(opened: datetime, departments: dict[str, Department]) -> Assets:
    """Write types and assets; their events say they were entered when the portal opened."""
    types = {}
    for position, row in enumerate(ASSET_TYPES, start=1):
        types[row.slug] = AssetType(
            slug=row.slug,
            title=row.title,
            title_en=row.title_en,
            icon=row.icon,
            color=row.color,
            geometry_kind=row.geometry_kind,
            field_schema=row.schema,
            code_format=row.code_format,
            visibility=row.visibility,
            min_zoom=row.min_zoom,
            position=10 * position,
            shown_at_first=row.shown,
        )
        types[row.slug].save(force_insert=True)
    assets = Assets(types, {})
    for group in drafts():
        _load(group, assets, departments, opened)
    return assets


def _load(
    group: Iterable[AssetDraft], assets: Assets, departments: dict[str, Department], opened: datetime
) -> None:
    told = [_fields(draft, assets, departments) for draft in group]
    rows = [Asset(**fields) for fields in told]
    Asset.objects.bulk_create(rows, batch_size=BATCH)
    events = [
        AssetEvent(asset=row, kind="created", at=opened, data=_told(fields))
        for row, fields in zip(rows, told, strict=True)
    ]
    AssetEvent.objects.bulk_create(events, batch_size=BATCH)
    assets.rows.update({(row.type.slug, row.code): row for row in rows})


def _fields(draft: AssetDraft, assets: Assets, departments: dict[str, Department]) -> dict[str, Any]:
    return {
        "type": assets.types[draft.kind],
        "code": draft.code,
        "location": stored(draft.shape),
        "properties": dict(draft.properties),
        "state": draft.state,
        "condition": draft.condition,
        "owner": departments.get(draft.owner),
        "feeds_from": assets.rows[draft.feeds_from] if draft.feeds_from else None,
        "installed_on": draft.installed_on,
    }


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """What assets.actions would tell of a new asset."""
    told = {
        name: value.pk if hasattr(value, "pk") else value for name, value in fields.items() if name != "type"
    }
    told["location"] = fields["location"].ewkt
    told["installed_on"] = fields["installed_on"] and fields["installed_on"].isoformat()
    return told

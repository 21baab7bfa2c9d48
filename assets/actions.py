"""The only writers of the asset register: the row, its event, and a new revision of the type's tiles."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from assets.models import Asset, AssetEvent, AssetState, AssetType
from layers.tile_files import forget_tiles

# What an event tells of a change; a geometry is told as EWKT.
TOLD = {"location": lambda value: value.ewkt, "installed_on": lambda value: value and value.isoformat()}


@transaction.atomic
def create_asset(*, actor: User | None = None, **fields: Any) -> Asset:
    """A new asset; `fields` as the model's (`type`, `code` and `location` in the storage CRS at least)."""
    asset = Asset(**fields)
    asset.full_clean()
    asset.save(force_insert=True)
    _record(asset, "created", actor, {name: _told(asset, name) for name in fields if name != "type"})
    start_revision(asset.type)
    return asset


@transaction.atomic
def change_asset(*, asset: Asset, actor: User | None = None, text: str = "", **changes: Any) -> Asset:
    """Set the fields in `changes`; the event keeps what they were and what they became. Without a real change
    nothing is written."""
    locked = Asset.objects.select_for_update().get(pk=asset.pk)
    before = {name: _told(locked, name) for name in changes}
    for name, value in changes.items():
        setattr(asset, name, value)
    after = {name: _told(asset, name) for name in changes}
    if before == after:
        return asset
    asset.full_clean()
    asset.save(update_fields=list(changes))
    _record(asset, "changed", actor, {"before": before, "after": after, "text": text})
    start_revision(asset.type)
    return asset


@transaction.atomic
def retire_asset(*, asset: Asset, actor: User | None = None, reason: str = "") -> Asset:
    """Take an asset off the ground; its row, its code and its history stay."""
    before = asset.state
    asset.state = AssetState.REMOVED
    asset.save(update_fields=["state"])
    _record(asset, "retired", actor, {"before": before, "reason": reason})
    start_revision(asset.type)
    return asset


@transaction.atomic
def change_asset_type(*, asset_type: AssetType, **changes: Any) -> AssetType:
    """Change fields of the type, and start a new revision of its tiles."""
    for name, value in changes.items():
        setattr(asset_type, name, value)
    asset_type.full_clean(exclude=["revision"])
    asset_type.save(update_fields=list(changes))
    start_revision(asset_type)
    return asset_type


def start_revision(asset_type: AssetType) -> None:
    """Every address of a tile of this type becomes a new one; the files of the old ones go.

    Bulk writers (imports) call it once, in the transaction of their rows.
    """
    AssetType.objects.filter(pk=asset_type.pk).update(revision=F("revision") + 1)
    asset_type.refresh_from_db(fields=["revision"])
    slug = f"assets-{asset_type.slug}"
    transaction.on_commit(lambda: forget_tiles(slug))


def _record(asset: Asset, kind: str, actor: User | None, data: dict[str, Any]) -> None:
    AssetEvent.objects.create(asset=asset, kind=kind, at=timezone.now(), actor=actor, data=data)


def _told(asset: Asset, name: str) -> Any:
    value = getattr(asset, name)
    if name in TOLD:
        return TOLD[name](value)
    return value.pk if hasattr(value, "pk") else value

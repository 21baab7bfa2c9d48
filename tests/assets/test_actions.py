"""Every change of an asset leaves an event and a new revision of its tiles; nothing is deleted."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from assets.actions import change_asset, change_asset_type, create_asset, retire_asset
from assets.models import Asset, AssetState
from tests.factories import Town, at

pytestmark = pytest.mark.django_db


def events(asset: Asset) -> list[str]:
    return [event.kind for event in asset.events.all()]


def test_new_asset_has_its_event_and_changes_the_tiles(town: Town, bea: User) -> None:
    before = town.streetlight.revision
    lamp = create_asset(type=town.streetlight, code="ΦΩ-00001", location=at(10, 10), actor=bea)
    [event] = lamp.events.all()
    assert (event.kind, event.actor, event.data["code"]) == ("created", bea, "ΦΩ-00001")
    assert town.streetlight.revision == before + 1


def test_code_is_unique_in_its_type(town: Town) -> None:
    with pytest.raises(ValidationError):
        create_asset(type=town.streetlight, code="ΦΩ-01234", location=at(10, 10))


def test_change_tells_before_and_after(town: Town) -> None:
    change_asset(asset=town.lamp, condition=2, location=at(5021, 7500), text="Μετακίνηση")
    [event] = town.lamp.events.all()
    assert event.data["before"]["condition"] is None
    assert event.data["after"]["condition"] == 2
    assert event.data["before"]["location"] != event.data["after"]["location"]
    assert event.data["text"] == "Μετακίνηση"


def test_no_change_leaves_no_trace(town: Town) -> None:
    before = town.streetlight.revision
    change_asset(asset=town.lamp, state=AssetState.ACTIVE)
    assert events(town.lamp) == []
    town.streetlight.refresh_from_db()
    assert town.streetlight.revision == before


def test_retired_asset_keeps_its_row_and_history(town: Town, bea: User) -> None:
    retire_asset(asset=town.lamp, actor=bea, reason="Πτώση")
    lamp = Asset.objects.get(pk=town.lamp.pk)
    assert lamp.state == AssetState.REMOVED
    assert events(lamp) == ["retired"]
    assert lamp not in Asset.objects.standing()


def test_change_of_a_type_starts_a_revision(town: Town) -> None:
    before = town.streetlight.revision
    change_asset_type(asset_type=town.streetlight, color="#ffcc00")
    assert town.streetlight.revision == before + 1

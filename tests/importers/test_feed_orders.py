"""What a feed is ordered to do is looked at when it is set up, not when its first file comes."""

import os
from pathlib import Path
from typing import Any

import pytest

from importers.actions.feeds import MOST_MINUTES, add_feed, look_at_feeds
from importers.errors import BadMapping
from importers.feeds.errors import BadAddress, BadOrder, LongName
from importers.models import ImportFeed, ImportRun
from importers.moments import BadSince
from tests.factories import Town
from tests.importers.files import square, write_geojson

pytestmark = pytest.mark.django_db


def feed(address: object, **facts: Any) -> ImportFeed:
    given: dict[str, Any] = {"name": "f", "target": "layer", "slug": "parcels", **facts}
    return add_feed(address=str(address), **given)


@pytest.mark.parametrize(
    "order",
    [
        {"set-aside": True},
        {"key": {"a": 1}},
        {"key": float("nan")},
        {"key": "a\0b"},
        {"options": 5},
        {"options": {"colour": "red"}},
    ],
)
def test_an_order_that_means_nothing_is_refused(town: Town, tmp_path: Path, order: dict[str, Any]) -> None:
    with pytest.raises(BadOrder):
        feed(tmp_path, order=order)
    assert not ImportFeed.objects.exists()


def test_so_is_a_day_that_is_none_and_a_mapping_that_cannot_be_kept(town: Town, tmp_path: Path) -> None:
    with pytest.raises(BadSince):
        feed(tmp_path, order={"valid_from": "garbage"})
    for constant in (float("nan"), float("inf"), "a\0b", "\ud800"):
        with pytest.raises(BadMapping, match=r"cannot be kept|δεν"):
            feed(tmp_path, mapping={"a": {"constant": constant}})


def test_what_has_no_room_in_the_database_is_refused_or_bounded(town: Town, tmp_path: Path) -> None:
    for name in ("", "x" * 101):
        with pytest.raises(LongName):
            feed(tmp_path, name=name)
    with pytest.raises(BadAddress):
        feed("https://data.example.gr/" + "x" * 500)
    assert feed(tmp_path, every_minutes=10**12).every_minutes == MOST_MINUTES


def test_a_sound_order_is_taken(town: Town, tmp_path: Path) -> None:
    order = {"key": "kaek", "set_aside": True, "valid_from": "2024-06-01", "options": {"encoding": "cp1253"}}
    assert feed(tmp_path, order=order).order["order"] == order


def test_a_file_whose_name_is_no_text_is_taken_and_keeps_no_other_feed_waiting(
    town: Town, tmp_path: Path
) -> None:
    path = write_geojson(tmp_path / os.fsdecode(b"\xc6.geojson"), [square(0, 0)], [{"kaek": "1"}])
    os.utime(path, (0, 0))
    feed(tmp_path)
    assert look_at_feeds(all_of_them=True) == 1
    assert ImportRun.objects.get().file_name == "?.geojson"

"""Feeds: a new file of a folder or an address is imported as ordered, within bounds; what is wrong is told."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from importers.actions.carrying import import_file
from importers.actions.feeds import add_feed, feed_named, look_at_feeds, remove_feed
from importers.errors import BadMapping
from importers.feeds.errors import (
    BadAddress,
    FeedExists,
    FeedRefused,
    NotYours,
)
from importers.models import ImportFeed, ImportRun
from layers.models import Layer
from municipality.models import Membership
from tests.factories import Town
from tests.importers.files import square, write, write_geojson
from tests.importers.layers import current
from tests.importers.test_commands import run
from tests.importers.web_server import Served

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "εισερχόμενα"
    folder.mkdir()
    return folder


def put(folder: Path, name: str = "parcels.geojson", keys: str = "12", age: float = 60) -> Path:
    """A file of that many seconds of age, a parcel for every letter of `keys`."""
    shapes = [square(200 * int(key), 0) for key in keys]
    path = write_geojson(folder / name, shapes, [{"kaek": key} for key in keys])
    moment = time.time() - age
    os.utime(path, (moment, moment))
    return path


def parcels_feed(address: object, **facts: Any) -> ImportFeed:
    given = {"name": "κτηματολόγιο", "target": "layer", "slug": "parcels", "order": {"key": "kaek"}, **facts}
    return add_feed(address=str(address), **given)


def do_waiting() -> None:
    for waiting in ImportRun.objects.filter(asked="import"):
        import_file(waiting)


def message() -> str:
    look_at_feeds()
    return ImportFeed.objects.get().last_message


def test_a_new_file_of_a_folder_is_imported_as_ordered(dora: User, folder: Path) -> None:
    put(folder)
    parcels_feed(folder, user=dora, mapping={"code": "kaek"})
    assert look_at_feeds() == 1
    waiting = ImportRun.objects.get()
    assert (waiting.asked, waiting.state, waiting.user, waiting.file_name) == (
        "import", "uploaded", dora, "parcels.geojson",
    )  # fmt: skip
    assert waiting.file_kept_until is not None
    assert waiting.file_kept_until > timezone.localdate()
    do_waiting()
    assert set(current()) == {"1", "2"}
    assert Layer.objects.get().key_field == "code"
    assert "2" in message()


def test_the_same_file_is_not_imported_again(dora: User, folder: Path) -> None:
    put(folder)
    parcels_feed(folder)
    assert look_at_feeds() == 1
    do_waiting()
    put(folder, age=30)
    assert look_at_feeds(all_of_them=True) == 0
    put(folder, keys="123")
    assert look_at_feeds(all_of_them=True) == 1
    do_waiting()
    assert set(current()) == {"1", "2", "3"}


def test_a_feed_is_looked_at_when_its_time_has_come(folder: Path, db: None) -> None:
    put(folder)
    feed = parcels_feed(folder, every_minutes=60)
    assert look_at_feeds() == 1
    put(folder, keys="123")
    assert look_at_feeds() == 0
    ImportFeed.objects.filter(pk=feed.pk).update(last_looked_at=timezone.now() - timedelta(minutes=61))
    assert look_at_feeds() == 1
    ImportFeed.objects.filter(pk=feed.pk).update(is_active=False)
    put(folder, keys="1")
    assert look_at_feeds(all_of_them=True) == 0


def test_the_newest_file_that_fits_is_taken(folder: Path, db: None) -> None:
    put(folder, "parcels-1.geojson", "1", age=300)
    put(folder, "parcels-2.geojson", "2", age=100)
    put(folder, "other.geojson", "3", age=50)
    (folder / "notes.doc").write_text("x")
    (folder / "parcels-9.geojson").symlink_to(folder / "other.geojson")
    parcels_feed(folder, pattern="parcels*")
    look_at_feeds()
    assert ImportRun.objects.get().file_name == "parcels-2.geojson"


def test_a_file_that_is_still_written_is_waited_for(folder: Path, db: None) -> None:
    put(folder, age=0)
    parcels_feed(folder)
    assert look_at_feeds() == 0
    assert ImportFeed.objects.get().last_message == ""


def test_a_shapefile_comes_with_its_parts(town: Town, folder: Path) -> None:
    write(folder / "Οικόπεδα.shp", [square(0, 0)], {"kaek": ["1"]}, encoding="UTF-8")
    for part in folder.iterdir():
        os.utime(part, (1e9, 1e9))
    parcels_feed(folder)
    look_at_feeds()
    assert ImportRun.objects.get().file_name == "Οικόπεδα.zip"
    do_waiting()
    assert set(current()) == {"1"}


def test_a_refused_file_is_told_and_not_tried_again(town: Town, folder: Path) -> None:
    put(folder)
    parcels_feed(folder, order={"key": "ΚΑΕΚ"})
    look_at_feeds()
    do_waiting()
    assert ImportRun.objects.get().state == "refused"
    assert "ΚΑΕΚ" in message()
    assert look_at_feeds(all_of_them=True) == 0
    assert not Layer.objects.exists()


def test_an_import_that_was_stopped_is_tried_again(folder: Path, db: None) -> None:
    put(folder)
    parcels_feed(folder)
    look_at_feeds()
    ImportRun.objects.update(asked="", state="stopped")
    assert look_at_feeds(all_of_them=True) == 1


def test_one_broken_feed_does_not_keep_the_others_waiting(folder: Path, tmp_path: Path, db: None) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    parcels_feed(gone, name="α")
    gone.rmdir()
    put(folder)
    parcels_feed(folder, name="β")
    assert look_at_feeds() == 1
    assert feed_named("α").last_message
    empty = tmp_path / "empty"
    empty.mkdir()
    parcels_feed(empty, name="γ")
    look_at_feeds()
    assert "empty" in feed_named("γ").last_message


def test_a_feed_acts_with_the_rights_of_its_person(folder: Path, planner: User, bea: User) -> None:
    put(folder)
    with pytest.raises(NotYours):
        parcels_feed(folder, user=bea)
    parcels_feed(folder, user=planner)
    Membership.objects.filter(user=planner).delete()
    assert look_at_feeds() == 0
    assert "Petra" in ImportFeed.objects.get().last_message


@pytest.mark.parametrize(
    "address",
    [
        "relative/folder", "/no/such/folder", "ftp://example.org/a.csv", "file:///etc/passwd", "http://",
        "https://user:secret@example.org/a.csv", "http://example.org/a b.csv", "gopher://x", "", "http://[::1",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str, db: None) -> None:
    with pytest.raises(BadAddress):
        parcels_feed(address)
    assert not ImportFeed.objects.exists()


def test_a_feed_is_set_up_soundly(folder: Path, db: None) -> None:
    with pytest.raises(BadMapping):
        parcels_feed(folder, mapping={"kaek": {"field": "a", "colour": "red"}})
    feed = parcels_feed(folder)
    with pytest.raises(FeedExists):
        parcels_feed(folder)
    remove_feed(feed=feed)
    with pytest.raises(FeedRefused):
        feed_named("κτηματολόγιο")


def test_a_file_of_the_web_is_imported(town: Town, folder: Path, web: str) -> None:
    body = put(folder).read_bytes()
    Served.pages = {
        "/latest?f=json": (302, {"Location": "/files/1"}, b""),
        "/files/1": (200, {"Content-Type": "application/geo+json", "Content-Length": str(len(body))}, body),
    }
    parcels_feed(f"{web}/latest?f=json")
    assert look_at_feeds() == 1
    assert ImportRun.objects.get().file_name == "1.geojson"
    do_waiting()
    assert set(current()) == {"1", "2"}
    assert look_at_feeds(all_of_them=True) == 0


def test_the_command_keeps_feeds_and_imports(
    town: Town, dora: User, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.IMPORT_MEMORY_MB = 0
    put(folder)
    order = tmp_path / "order.yaml"
    order.write_text("key: kaek\ntitle: Οικόπεδα\n", encoding="utf-8")
    run(
        "import_feeds",
        "add",
        "parcels",
        folder,
        "--target",
        "layer:parcels",
        "--order",
        order,
        "--user",
        dora.email,
    )
    assert "layer:parcels" in run("import_feeds", "list")
    said = run("import_feeds", "--once")
    assert "2 added" in said
    assert Layer.objects.get().title == "Οικόπεδα"
    run("import_feeds", "remove", "parcels")
    assert not ImportFeed.objects.exists()
    with pytest.raises(CommandError, match="no feed “parcels”"):
        run("import_feeds", "remove", "parcels")

"""The worker looks at feeds by itself, in a child process that keeps neither imports nor mails waiting."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from importers.actions.asking import ask_check
from importers.actions.feeds import add_feed
from importers.feed_jobs import FeedJobs
from importers.jobs import ImportJobs, work_folder
from importers.models import ImportFeed, ImportRun, ImportState
from tests.factories import Town
from tests.importers.runs import uploaded
from tests.importers.test_feeds import put
from tests.importers.test_jobs import committed_town, jobs, settled, until
from tests.importers.web_server import Served, web
from tests.issues.crash import mail_worker

__all__ = ["committed_town", "jobs", "web"]


@pytest.fixture
def feeds(jobs: ImportJobs, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedJobs]:
    monkeypatch.setenv("IMPORT_FEED_PRIVATE", "1")
    started = FeedJobs()
    yield started
    started.close()


def folder_feed(folder: Path, minutes: int = 60) -> ImportFeed:
    order = {"key": "kaek"}
    return add_feed(
        name="parcels",
        address=str(folder),
        target="layer",
        slug="parcels",
        order=order,
        every_minutes=minutes,
    )


def test_a_due_feed_becomes_a_run_and_the_next_look_waits_for_its_time(
    feeds: FeedJobs, jobs: ImportJobs, tmp_path: Path
) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    put(folder)
    feed = folder_feed(folder)
    until(lambda: ImportRun.objects.exists() and feeds.is_idle(), feeds.look)
    assert settled(jobs, ImportRun.objects.get()).state == ImportState.DONE

    feeds.next_at = 0.0
    feeds.look()
    assert feeds.is_idle(), "it was looked at a moment ago"
    ImportFeed.objects.filter(pk=feed.pk).update(last_looked_at=timezone.now() - timedelta(minutes=61))
    feeds.next_at = 0.0
    feeds.look()
    assert not feeds.is_idle()
    until(feeds.is_idle, feeds.look)
    assert ImportRun.objects.count() == 1, "the file is the same"


def test_a_download_that_does_not_end_keeps_no_import_waiting(
    feeds: FeedJobs, jobs: ImportJobs, web: str
) -> None:
    Served.pages = {"/slow.geojson": (200, {"Content-Type": "application/geo+json"}, None)}
    add_feed(name="slow", address=f"{web}/slow.geojson", target="layer", slug="slow")
    until(lambda: ImportFeed.objects.get().last_looked_at is not None, feeds.look)
    run = uploaded(None)
    ask_check(run=run)
    assert settled(jobs, run).state == ImportState.CHECKED
    feeds.look()
    assert not feeds.is_idle(), "it still downloads"
    feeds.close()
    assert feeds.is_idle()
    assert not work_folder("feeds").exists()


def test_the_worker_looks_at_feeds(committed_town: Town, jobs: ImportJobs, tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    put(folder)
    folder_feed(folder)
    worker = mail_worker({**os.environ}, tmp_path / "worker.log", "--once", "--pause", "0.1")
    worker.start()
    assert worker.running is not None
    assert worker.running.wait(60) == 0, (tmp_path / "worker.log").read_text()
    assert ImportRun.objects.get().state == ImportState.DONE

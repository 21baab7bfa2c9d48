"""Feeds: a folder or an address that is looked at again and again; a new file is imported as it was ordered once."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import PortalError
from importers.actions.runs import checksum
from importers.feeds.download import download, split
from importers.feeds.errors import BadAddress, FeedExists, LongName, NoSuchFeed, NotYours
from importers.feeds.folder import take_newest
from importers.feeds.orders import refuse_bad_order
from importers.models import ImportFeed, ImportRun, ImportState, Work
from importers.targets import target_named

logger = logging.getLogger(__name__)

WEB = ("http://", "https://")
MESSAGE_LENGTH = 500
NAME_LENGTH, ADDRESS_LENGTH = 100, 500
MOST_MINUTES = 366 * 24 * 60


@transaction.atomic
def add_feed(
    *,
    name: str,
    address: str,
    target: str,
    slug: str,
    order: dict[str, Any] | None = None,
    mapping: dict[str, Any] | None = None,
    pattern: str = "",
    file_name: str = "",
    every_minutes: int = 1440,
    user: User | None = None,
) -> ImportFeed:
    """Have `address` looked at every so many minutes. `order` and `mapping` are those of a run; the imports happen in
    the name of `user`. `pattern` chooses among the files of a folder; `file_name` names what an address gives.

    Raises FeedExists, LongName, BadAddress, BadOrder, BadSince, BadMapping, NoSuchTarget, NotYours.
    """
    kind = target_named(target)
    refuse_bad_order(order or {})
    trial = ImportRun(target=target, target_slug=slug, order=order or {}, mapping=mapping or {})
    kind.order(trial, Path(address), dry_run=True, user=user)
    _refuse_unsound(address)
    if not 0 < len(name) <= NAME_LENGTH:
        raise LongName(most=NAME_LENGTH)
    if user is not None and not kind.may(user, slug):
        raise NotYours(person=user)
    if ImportFeed.objects.filter(name=name).exists():
        raise FeedExists(name=name)
    document = {
        "target": target,
        "slug": slug,
        "order": order or {},
        "mapping": mapping or {},
        "pattern": pattern,
        "file_name": file_name,
    }
    return ImportFeed.objects.create(
        name=name,
        address=address,
        order=document,
        every_minutes=min(max(1, every_minutes), MOST_MINUTES),
        user=user,
    )


def feed_named(name: str) -> ImportFeed:
    """Raises NoSuchFeed."""
    feed = ImportFeed.objects.filter(name=name).first()
    if feed is None:
        known = ", ".join(ImportFeed.objects.values_list("name", flat=True)) or "—"
        raise NoSuchFeed(name=name, known=known)
    return feed


@transaction.atomic
def remove_feed(*, feed: ImportFeed) -> None:
    """What it imported stays."""
    feed.delete()


def look_at_feeds(*, all_of_them: bool = False) -> int:
    """Look at every feed whose time has come (or at all); a new file becomes a run that waits for the worker. What is
    wrong with one is told in its `last_message` and does not keep the others waiting. Returns how many runs wait."""
    count = 0
    for feed in ImportFeed.objects.filter(is_active=True).select_related("user"):
        tell_of_last_run(feed=feed)
        if _claimed(feed, all_of_them=all_of_them):
            count += look_at_feed(feed=feed) is not None
    return count


def look_at_feed(*, feed: ImportFeed) -> ImportRun | None:
    """The run that waits for the worker, when the feed has a file that is new."""
    language = feed.user.language if feed.user else settings.LANGUAGE_CODE
    with translation.override(language), tempfile.TemporaryDirectory(prefix="import-") as folder:
        try:
            return _taken(feed, Path(folder))
        except PortalError as refusal:
            _tell(feed, str(refusal))
        except OSError as error:
            logger.exception("The feed %s could not be looked at", feed.name)
            _tell(feed, _("The file could not be taken: %(reason)s.") % {"reason": error.strerror or error})
    return None


def tell_of_last_run(*, feed: ImportFeed) -> None:
    """How the last import of the feed ended, once it has."""
    run = feed.last_run
    if run is None or run.asked:
        return
    if run.state in (ImportState.REFUSED, ImportState.STOPPED):
        whole = [finding for finding in run.findings if not finding["row"] and finding.get("message")]
        _tell(feed, f"{run.get_state_display()}: {(whole or [{'message': '—'}])[0]['message']}")
    elif run.state == ImportState.DONE:
        words = _("%(file)s: %(added)s added, %(changed)s changed, %(removed)s removed, %(refused)s refused")
        counts = {name: run.counts.get(name, 0) for name in ("added", "changed", "removed", "refused")}
        _tell(feed, words % {"file": run.file_name, **counts})


def _claimed(feed: ImportFeed, *, all_of_them: bool) -> bool:
    """It is time, and nobody else looks at it now."""
    feeds = ImportFeed.objects.filter(is_active=True) if all_of_them else ImportFeed.objects.due()
    return bool(feeds.filter(pk=feed.pk).update(last_looked_at=timezone.now()))


def _taken(feed: ImportFeed, folder: Path) -> ImportRun | None:
    order = feed.order
    kind = target_named(order["target"])
    if feed.user is not None and not kind.may(feed.user, order["slug"]):
        raise NotYours(person=feed.user)
    path = _fetched(feed, folder)
    if path is None:
        return None
    known = checksum(path)
    if known == feed.last_sha256 and not _was_stopped(feed):
        return None
    return _waiting_run(feed, path, known)


def _fetched(feed: ImportFeed, folder: Path) -> Path | None:
    if feed.address.startswith(WEB):
        return download(feed.address, folder, feed.order.get("file_name", ""))
    return take_newest(Path(feed.address), folder, feed.order.get("pattern", ""))


def _was_stopped(feed: ImportFeed) -> bool:
    """The last import did not come to its end, so the same file is taken again."""
    return (
        feed.last_run is not None and feed.last_run.state == ImportState.STOPPED and not feed.last_run.asked
    )


def _waiting_run(feed: ImportFeed, path: Path, known: str) -> ImportRun:
    """The file is kept as an uploaded one is; the worker imports it."""
    order = feed.order
    run = ImportRun(
        file_name=path.name[:300],
        file_sha256=known,
        file_bytes=path.stat().st_size,
        file_kept_until=timezone.localdate() + timedelta(days=settings.IMPORT_FILE_KEPT_DAYS),
        target=order["target"],
        target_slug=order["slug"],
        order={**order["order"], "feed": feed.name},
        mapping=order["mapping"],
        state=ImportState.UPLOADED,
        asked=Work.IMPORT,
        user=feed.user,
    )
    with path.open("rb") as content:
        run.file.save(f"{uuid4().hex}/{path.name}", File(content), save=False)
    try:
        with transaction.atomic():
            run.save()
            feed.last_run, feed.last_sha256 = run, known
            feed.save(update_fields=["last_run", "last_sha256"])
    except BaseException:
        run.file.delete(save=False)
        raise
    return run


def _tell(feed: ImportFeed, message: str) -> None:
    if feed.last_message != message[:MESSAGE_LENGTH]:
        feed.last_message = message[:MESSAGE_LENGTH]
        feed.save(update_fields=["last_message"])


def _refuse_unsound(address: str) -> None:
    if len(address) > ADDRESS_LENGTH:
        raise BadAddress(address=address)
    if address.startswith(WEB):
        split(address)
        return
    folder = Path(address)
    if not folder.is_absolute() or not folder.is_dir():
        raise BadAddress(address=address)

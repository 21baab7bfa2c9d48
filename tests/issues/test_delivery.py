"""The outbox: sent once, retried only when nothing was taken, an interrupted mail marked and left alone."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from issues.delivery import LOCK_SPACE, deliver_waiting, settle_interrupted
from issues.models import Notification
from tests.factories import NotificationFactory


def test_waiting_mail_is_sent_once(db: None) -> None:
    NotificationFactory.create(recipient="alice@example.gr", subject="News")
    call_command("worker", "--once")
    call_command("worker", "--once")
    (message,) = mail.outbox
    assert message.to == ["alice@example.gr"]
    assert Notification.objects.get().state == "sent"
    assert message.extra_headers["Message-ID"] == Notification.objects.get().message_id


def test_server_that_cannot_be_reached_is_tried_later(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(locmem.EmailBackend, "open", refuse)
    NotificationFactory.create()
    assert deliver_waiting() == 1
    row = Notification.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("pending", 1, "ConnectionRefusedError")
    assert row.not_before > timezone.now()


def test_worker_removes_tiles_of_layers_that_are_gone(db: None, settings: Any) -> None:
    left = settings.TILE_CACHE_DIR / "gone" / "1" / "0" / "0"
    left.mkdir(parents=True)
    (left / "0.mvt.gz").write_bytes(b"")
    call_command("worker", "--once")
    assert list(settings.TILE_CACHE_DIR.rglob("*.mvt.gz")) == []


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPServerDisconnected(), "unconfirmed"),
        (smtplib.SMTPDataError(451, b"later"), "pending"),
        (smtplib.SMTPDataError(550, b"no"), "failed"),
        (smtplib.SMTPRecipientsRefused({}), "failed"),
    ],
)
def test_what_the_server_said_decides(
    db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str
) -> None:
    def fail(self: Any, messages: Any) -> int:
        raise error

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)
    NotificationFactory.create()
    deliver_waiting()
    assert Notification.objects.get().state == state


def test_a_mail_not_yet_due_waits(db: None) -> None:
    NotificationFactory.create(not_before=timezone.now() + timedelta(minutes=5))
    assert deliver_waiting() == 0
    assert mail.outbox == []


def test_mail_of_a_dead_worker_is_marked_and_not_sent_again(db: None) -> None:
    NotificationFactory.create(state="sending")
    assert settle_interrupted() == 1
    deliver_waiting()
    assert Notification.objects.get().state == "unconfirmed"
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_living_worker_is_left_alone() -> None:
    row = NotificationFactory.create(state="sending")
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, row.pk])
    try:
        assert settle_interrupted() == 0
        assert Notification.objects.get().state == "sending"
    finally:
        other.close()

"""Handing the outbox to the mail server: claimed first, sent at most once, an interrupted mail said as such."""

import logging
import smtplib
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from core.session_lock import held
from issues.models import Notification
from issues.models.notification import NotificationState

logger = logging.getLogger(__name__)
LOCK_SPACE = 311
MOST_ATTEMPTS = 8


def deliver_waiting(most: int = 100) -> int:
    """Send what is due, oldest first; returns how many rows were settled."""
    for settled in range(most):
        if not _deliver_next():
            return settled
    return most


def settle_interrupted() -> int:
    """Rows left `sending` by a worker that died: nobody holds their lock, so nobody knows whether the mail went
    out. They are marked and logged, never sent again by themselves."""
    count = 0
    for pk in Notification.objects.filter(state=NotificationState.SENDING).values_list("pk", flat=True):
        with held(LOCK_SPACE, pk) as free:
            if free:
                count += Notification.objects.filter(pk=pk, state=NotificationState.SENDING).update(
                    state=NotificationState.UNCONFIRMED
                )
    if count:
        logger.warning("%d mail(s) were interrupted while being sent; see their rows in the outbox", count)
    return count


def _deliver_next() -> bool:
    pk = Notification.objects.due().order_by("pk").values_list("pk", flat=True).first()
    if pk is None:
        return False
    with held(LOCK_SPACE, pk) as free:
        mail = _claim(pk) if free else None
        if mail is not None:
            _send(mail)
        return mail is not None


@transaction.atomic
def _claim(pk: int) -> Notification | None:
    """Mark a row as being sent and commit that, before anything leaves the machine."""
    mail = Notification.objects.due().select_for_update(skip_locked=True).filter(pk=pk).first()
    if mail is None:
        return None
    mail.state = NotificationState.SENDING
    mail.attempts += 1
    mail.save(update_fields=["state", "attempts"])
    return mail


def _send(mail: Notification) -> None:
    backend: BaseEmailBackend = get_connection()
    try:
        backend.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_later(mail, error)
        return
    try:
        backend.send_messages([_message(mail, backend)])
    except (smtplib.SMTPRecipientsRefused, ValueError) as error:  # ValueError: a header that no mail may have
        _give_up(mail, error)
    except smtplib.SMTPResponseException as error:
        (_give_up if error.smtp_code >= 500 else _try_later)(mail, error)
    except (OSError, smtplib.SMTPException) as error:
        _settle(mail, NotificationState.UNCONFIRMED, error)
    else:
        _settle(mail, NotificationState.SENT)
    finally:
        _close(backend)


def _message(mail: Notification, backend: BaseEmailBackend) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, to=[mail.recipient], headers=headers, connection=backend)


def _close(backend: BaseEmailBackend) -> None:
    try:
        backend.close()
    except (OSError, smtplib.SMTPException):
        logger.info("The mail server closed the connection first")


def _try_later(mail: Notification, error: Exception) -> None:
    """The server took nothing: wait longer each time, then give up."""
    if mail.attempts >= MOST_ATTEMPTS:
        _give_up(mail, error)
        return
    mail.not_before = timezone.now() + timedelta(seconds=15 * 2**mail.attempts)
    _settle(mail, NotificationState.PENDING, error)


def _give_up(mail: Notification, error: Exception) -> None:
    _settle(mail, NotificationState.FAILED, error)


def _settle(mail: Notification, state: NotificationState, error: Exception | None = None) -> None:
    """Write the outcome. The error's class only: server answers can carry addresses."""
    mail.state = state
    mail.sent_at = timezone.now() if state == NotificationState.SENT else None
    mail.last_error = type(error).__name__ if error else ""
    mail.save(update_fields=["state", "sent_at", "last_error", "not_before"])
    if error is not None:
        logger.warning("Mail %s: %s (%s)", mail.pk, state, mail.last_error)

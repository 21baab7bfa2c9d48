"""The outbox: mails are rows written with their cause, and each is handed to the mail server at most once."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from issues.models import Follower, Issue, IssueEvent, Notification, Reporter


@dataclass(frozen=True)
class _Reader:
    """Who reads a mail: in which language, which page it links to, and how to stop it."""

    email: str
    language: str
    link: str
    stop: str = ""


def queue_mails(event: IssueEvent) -> None:
    """Write one mail for the reporter, the confirmed followers and the reporters joined to this case."""
    issue = event.issue
    readers = {reader.email.casefold(): reader for reader in reversed(_readers(issue))}
    Notification.objects.bulk_create(
        [_written("issues/mail/event", reader, issue, event) for reader in readers.values()]
    )


def queue_confirmation(follower: Follower) -> Notification:
    """The mail that asks a follower to confirm the address."""
    link = reverse("issues:confirm-follow", args=[follower.token])
    reader = _Reader(follower.email, follower.language, link)
    mail = _written("issues/mail/confirm", reader, follower.issue, None)
    mail.save()
    return mail


def _readers(issue: Issue) -> list[_Reader]:
    joined = Reporter.objects.filter(issue__duplicate_of=issue).select_related("issue")
    own = Reporter.objects.filter(issue=issue).select_related("issue")
    reporters = [
        _Reader(person.email, person.language, reverse("issues:track", args=[person.issue.token]))
        for person in (*own, *joined)
        if person.email
    ]
    if not (issue.is_public and issue.category.is_public):
        return reporters  # It was public when they began to follow, and is no longer.
    page = reverse("issues:issue", args=[issue.number])
    followers = [
        _Reader(person.email, person.language, page, reverse("issues:unfollow", args=[person.token]))
        for person in Follower.objects.filter(issue=issue).confirmed()
    ]
    return [*reporters, *followers]


def _written(template: str, reader: _Reader, issue: Issue, event: IssueEvent | None) -> Notification:
    context = {
        "issue": issue,
        "event": event,
        "link": settings.SITE_URL + reader.link,
        "stop": settings.SITE_URL + reader.stop if reader.stop else "",
    }
    with translation.override(reader.language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}.txt", context).strip() + "\n"
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    message_id = f"<{uuid.uuid4()}@{host}>"
    return Notification(
        event=event, recipient=reader.email, subject=subject[:200], body=body, message_id=message_id
    )

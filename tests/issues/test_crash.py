"""Killing the web server or the worker at any moment loses no accepted report and sends no mail twice."""

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from core.geo import to_lonlat
from issues.models import Issue, IssueEvent, Notification, Photo, ProtocolCounter, RoutingDecision
from issues.models.issue import EventKind
from issues.models.notification import NotificationState
from tests.factories import Town, at, build_town
from tests.issues.crash import TOKEN, Citizen, Process, environment, free_port, mail_worker, web

MOMENTS = int(os.environ.get("CRASH_MOMENTS", "30"))
SEED = int(os.environ.get("CRASH_SEED", "20260101"))
WAITING = (NotificationState.PENDING, NotificationState.SENDING)
MESSAGE_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE)


@pytest.fixture
def committed_town(transactional_db: None) -> Town:
    return build_town()


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def citizens(committed_town: Town, var: Path) -> Iterator[list[Citizen]]:
    """Two people reporting, a web server and a worker; all of them stopped at the end."""
    longitude, latitude, *_ = to_lonlat(at(5000, 7500)).coords
    report = {"lon": longitude, "lat": latitude, "category": committed_town.pothole.slug, "go": "submit"}
    port, env = free_port(), environment(var)
    var.mkdir()
    server, worker = web(port, env, var / "web.log"), mail_worker(env, var / "worker.log", "--pause", "0.05")
    people = [Citizen(port, {**report, "csrfmiddlewaretoken": TOKEN}) for _ in range(2)]
    for process in (server, worker):
        process.start()
    try:
        for person in people:
            person.start()
        kill_at_random_moments(server, worker, people, var)
        for person in people:
            person.enough.set()
        for person in people:
            person.join()
        yield people
    finally:
        server.kill()
        worker.kill()


def kill_at_random_moments(server: Process, worker: Process, people: list[Citizen], var: Path) -> None:
    """Each kill waits until reports flow again; then it comes at any time, or in the narrow gap between what was
    done and the word that it was done."""
    chance, moment = random.Random(SEED), threading.Event()
    for _ in range(MOMENTS):
        wait_for_more(people)
        match chance.choice(("any time", "a report is stored", "a mail is written")):
            case "any time":
                moment.wait(chance.uniform(0, 0.4))
                kill_one_of(server, worker, chance)
            case "a report is stored":
                wait_for_growth(Issue.objects.count)
                kill_one_of(server, server, chance)
            case _:
                wait_for_growth(lambda: len(mails(var)))
                worker.kill()
                worker.start()


def kill_one_of(server: Process, other: Process, chance: random.Random) -> None:
    if chance.random() < 1 / 3:
        server.kill_a_child()
        return
    victim = chance.choice((server, other))
    victim.kill()
    victim.start()


def wait_for_growth(size: Callable[[], int], most_seconds: float = 5) -> None:
    """Until there is one more; on a calm moment, go on without."""
    before, end = size(), time.monotonic() + most_seconds
    while size() == before and time.monotonic() < end:
        pass


def mails(var: Path) -> list[Path]:
    folder = var / "mail"
    return list(folder.iterdir()) if folder.exists() else []


def wait_for_more(people: list[Citizen]) -> None:
    answered, end = sum(len(person.tracked) for person in people), time.monotonic() + 30
    while sum(len(person.tracked) for person in people) == answered:
        assert [trouble for person in people for trouble in person.troubles] == []
        assert time.monotonic() < end, "no report was answered for 30 s"
        people[0].enough.wait(0.01)


def settle_the_outbox(var: Path) -> None:
    """Run the worker as it starts after a crash, until nothing waits."""
    end = time.monotonic() + 30
    while Notification.objects.filter(state__in=WAITING).exists():
        assert time.monotonic() < end, "the outbox did not settle within 30 s"
        last = mail_worker(environment(var), var / "worker.log", "--once")
        last.start()
        assert last.running is not None
        assert last.running.wait(30) == 0


def sent_message_ids(var: Path) -> Counter[str]:
    found = (each for mail in mails(var) for each in MESSAGE_ID.findall(mail.read_bytes()))
    return Counter(each.decode() for each in found)


def test_no_report_is_lost_and_no_mail_sent_twice(citizens: list[Citizen], var: Path) -> None:
    assert [trouble for person in citizens for trouble in person.troubles] == []
    tracked = {key: location for person in citizens for key, location in person.tracked.items()}
    assert len(tracked) >= MOMENTS

    check_issues(tracked)
    check_photos(var)
    settle_the_outbox(var)
    check_mails(var)


def check_issues(tracked: dict[UUID, str]) -> None:
    """Each answered report is there exactly once, whole, and the numbers have no gap."""
    issues = {issue.submission_key: issue for issue in Issue.objects.all()}
    assert set(issues) == set(tracked)
    assert all(f"/t/{issues[key].token}/" in location for key, location in tracked.items())
    events = Counter(IssueEvent.objects.exclude(kind=EventKind.PHOTO).values_list("issue", "kind"))
    kinds = (EventKind.REPORTED, EventKind.ROUTED)
    assert events == Counter((issue.pk, kind.value) for issue in issues.values() for kind in kinds)
    assert Counter(RoutingDecision.objects.values_list("issue", flat=True)) == one_each()
    last = ProtocolCounter.objects.get().last
    numbers = sorted(int(issue.number.partition("-")[2]) for issue in issues.values())
    assert numbers == list(range(1, last + 1))


def one_each() -> Counter[int]:
    return Counter(Issue.objects.values_list("pk", flat=True))


def check_photos(var: Path) -> None:
    photos = list(Photo.objects.all())
    assert photos
    for photo in photos:
        for stored in (photo.file, photo.thumbnail):
            assert (var / "media" / str(stored.name)).stat().st_size > 0


def check_mails(var: Path) -> None:
    """One row a report; what was sent went out once; what was interrupted went out at most once, and is told."""
    rows = list(Notification.objects.select_related("event__issue__reporter"))
    assert Counter(row.event.issue_id for row in rows if row.event) == Counter(
        Issue.objects.values_list("pk", flat=True)
    )
    states = Counter(row.state for row in rows)
    assert set(states) <= {NotificationState.SENT, NotificationState.UNCONFIRMED}
    assert states[NotificationState.UNCONFIRMED] <= MOMENTS
    out = sent_message_ids(var)
    assert max(out.values()) == 1
    assert set(out) <= {row.message_id for row in rows}
    assert {row.message_id for row in rows if row.state == NotificationState.SENT} <= set(out)

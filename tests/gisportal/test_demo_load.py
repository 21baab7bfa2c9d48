"""The demo in the database: what the actions would have written, and only once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override

from accounts.models import User
from assets.models import Asset, AssetEvent
from crews.models import Job
from gisportal.demo.load import load_demo
from gisportal.demo.people import PASSWORD, PEOPLE
from issues.models import Issue, IssueEvent, Notification, ProtocolCounter, RoutingDecision
from issues.routing import route
from issues.states import FIXED
from layers.models import Feature, Layer, Place
from municipality.models import Area, Role
from municipality.roles import rights_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The whole demo, loaded once for this file and rolled back after it."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():  # type: ignore[attr-defined]
        load_demo(today=TODAY)
        yield
        transaction.set_rollback(True)


def test_everything_that_was_promised_is_there() -> None:
    assert Issue.objects.count() >= 2_500
    assert Asset.objects.filter(type__slug="streetlight").count() >= 3_000
    assert Area.objects.filter(is_home=True).count() == 1
    assert Area.objects.filter(level="unit").count() == 2
    assert Place.objects.filter(kind="address").count() > 8_000
    assert Layer.objects.filter(slug="parcels").exists()


def test_every_asset_has_the_event_of_its_making() -> None:
    assert AssetEvent.objects.filter(kind="created").count() == Asset.objects.count()


def test_protocol_numbers_have_no_gap() -> None:
    for counter in ProtocolCounter.objects.all():
        issues = Issue.objects.filter(number__startswith=f"{counter.year}-").order_by("number")
        numbers, moments = zip(*issues.values_list("number", "reported_at"), strict=True)
        assert list(numbers) == [f"{counter.year}-{i:06d}" for i in range(1, counter.last + 1)]
        assert list(moments) == sorted(moments)


def test_the_last_change_of_state_is_the_state() -> None:
    last = dict(
        IssueEvent.objects.exclude(to_state="").order_by("at", "pk").values_list("issue_id", "to_state")
    )
    assert {pk: last[pk] for pk in last} == dict(Issue.objects.values_list("pk", "state"))


def test_each_change_of_state_starts_where_the_one_before_ended() -> None:
    before: dict[int, str] = {}
    for issue_id, source, target in (
        IssueEvent.objects.exclude(to_state="")
        .order_by("at", "pk")
        .values_list("issue_id", "from_state", "to_state")
    ):
        assert source == before.get(issue_id, "")
        before[issue_id] = target


def test_versions_count_the_changes() -> None:
    touching = Counter(
        IssueEvent.objects.exclude(kind__in=("reported", "routed", "followed", "feedback")).values_list(
            "issue_id", flat=True
        )
    )
    assert all(version == 1 + touching[pk] for pk, version in Issue.objects.values_list("pk", "version"))


def test_the_rules_would_decide_the_same_today() -> None:
    sample = Issue.objects.order_by("pk").select_related("category__parent", "asset")[::90]
    for issue in sample:
        stored = RoutingDecision.objects.filter(issue=issue).order_by("at", "pk").first()
        decision = route(category=issue.category, location=issue.location, asset=issue.asset)
        assert stored is not None
        assert (stored.department_id, stored.trace) == (decision.department.pk, decision.trace)
        assert issue.area_id == (decision.area.pk if decision.area else None)


def test_every_issue_lies_in_the_municipality() -> None:
    home = Area.objects.get(is_home=True)
    assert not Issue.objects.exclude(location__coveredby=home.boundary).exists()


def test_done_jobs_belong_to_issues_that_were_fixed() -> None:
    for job in Job.objects.filter(state="done").select_related("issue")[:200]:
        assert job.done_at is not None
        assert job.started_at is not None
        assert job.done_at > job.started_at
    assert not Issue.objects.filter(state__in=FIXED, resolved_at=None).exists()


def test_no_mail_waits_to_be_sent() -> None:
    assert Notification.objects.exists()
    assert not Notification.objects.exclude(state="sent").exists()


def test_a_zone_can_be_read_as_it_was() -> None:
    layer = Layer.objects.get(slug="zones")
    now = Feature.objects.of_layer(layer.pk).current().get(properties__name="Πολεοδομική ενότητα 17")
    states = Feature.objects.of_layer(layer.pk).as_known().filter(key=now.key).order_by("valid")
    rules = [state.properties["gazette"] for state in states]
    assert len(rules) > 1
    assert rules[-1] == now.properties["gazette"] != rules[0]


def test_everybody_has_the_role_and_the_password_that_are_printed() -> None:
    users = [User.objects.get(email=person.email) for person in PEOPLE]
    assert authenticate(username="bea@demo.example", password=PASSWORD) is not None
    assert len({user.password for user in users}) == 1
    for person, user in zip(PEOPLE, users, strict=True):
        assert all(rights_of(user).has(Role(role)) for role, _ in person.roles)


def test_some_cases_are_late_and_some_are_fresh() -> None:
    waiting = Issue.objects.filter(state__in=("received", "accepted", "in_progress"))
    assert waiting.filter(reported_at__date__gte=TODAY - timedelta(days=3)).count() > 5
    assert waiting.filter(due_at__date__lt=TODAY).count() > 5


def test_a_second_demo_is_refused_with_a_sentence() -> None:
    with override("en"), pytest.raises(CommandError, match="already has a municipality"):
        call_command("demo")


def test_logins_are_printed_once_the_demo_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", "--logins")
    printed = capsys.readouterr().out
    assert "bea@demo.example" in printed
    assert PASSWORD in printed

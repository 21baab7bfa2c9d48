"""Jobs nearby: the order of PostGIS, true metres, the compass, the index behind it, and whose jobs they are."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.geo import to_lonlat
from crews.actions import start_job
from crews.nearby import jobs_by_due, jobs_near, nearest_rows, wind_between, workable_for
from issues.models import Issue
from municipality.models import Role
from tests.factories import IssueFactory, MembershipFactory, Town, UserFactory, at

HERE = at(5000, 7500)


def test_nearest_first_with_metres_and_direction(town: Town, crew_member: User) -> None:
    offsets = {"n": (0, 40), "e": (90, 0), "sw": (-300, -300)}
    made = {
        wind: IssueFactory.create(department=town.lighting_north, location=at(5000 + dx, 7500 + dy))
        for wind, (dx, dy) in offsets.items()
    }
    jobs = jobs_near(crew_member, HERE)
    assert [(job.issue.number, job.wind) for job in jobs] == [(made[w].number, w) for w in offsets]
    assert [round(job.metres or 0, 1) for job in jobs] == [40.0, 90.0, 424.3]
    lonlat = to_lonlat(made["n"].location)
    assert [jobs[0].lon, jobs[0].lat] == pytest.approx([lonlat.x, lonlat.y])


def test_the_order_is_that_of_every_distance_computed_by_hand(town: Town, crew_member: User) -> None:
    dice = random.Random(1)
    for _ in range(60):
        place = at(dice.uniform(0, 10_000), dice.uniform(0, 10_000))
        IssueFactory.create(department=town.lighting_north, location=place)
    rows = [(row.location.distance(HERE), row.pk) for row in Issue.objects.all()]
    assert [job.issue.pk for job in jobs_near(crew_member, HERE, limit=25)] == [
        pk for _, pk in sorted(rows)[:25]
    ]


def test_paused_and_ended_issues_are_no_jobs(town: Town, crew_member: User) -> None:
    states = ["received", "accepted", "in_progress", "paused", "resolved", "closed", "rejected", "withdrawn"]
    for state in states:
        IssueFactory.create(department=town.lighting_north, state=state)
    assert {job.issue.state for job in jobs_near(crew_member, HERE)} == set(states[:3])


def test_jobs_are_of_the_departments_one_works_for(
    town: Town, crew_member: User, carl: User, dora: User, operator: User
) -> None:
    lamp = IssueFactory.create(department=town.lighting_north)
    pothole = IssueFactory.create(department=town.roads)
    people = {crew_member: {lamp}, carl: {pothole}, dora: {lamp, pothole}, operator: set()}
    for person, issues in people.items():
        assert {job.issue for job in jobs_near(person, HERE)} == issues


def test_without_a_position_the_first_due_is_first(town: Town, crew_member: User) -> None:
    now = timezone.now()
    dates = [now + timedelta(days=3), None, now - timedelta(days=1)]
    later, never, late = (IssueFactory.create(department=town.lighting_north, due_at=due) for due in dates)
    jobs = jobs_by_due(crew_member)
    assert [job.issue for job in jobs] == [late, later, never]
    assert {job.metres for job in jobs} == {None}


def test_who_is_already_on_it_is_told(town: Town, crew_member: User) -> None:
    colleague = UserFactory.create(name="Nikos")
    MembershipFactory.create(user=colleague, department=town.lighting_north, role=Role.CREW)
    start_job(issue=IssueFactory.create(department=town.lighting_north), worker=colleague, at=None)
    assert [job.worker for job in jobs_near(crew_member, HERE)] == ["Nikos"]


def test_two_queries_whatever_the_number_of_jobs(
    town: Town, crew_member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    IssueFactory.in_progress(department=town.lighting_north)
    list(workable_for(crew_member))
    for many in (1, 15):
        IssueFactory.create_batch(many, department=town.lighting_north)
        with django_assert_num_queries(2):
            jobs_near(crew_member, HERE)


@pytest.mark.parametrize(
    ("dx", "dy", "wind"),
    [
        (0, 9, "n"),
        (5, 5, "ne"),
        (9, 1, "e"),
        (5, -5, "se"),
        (-1, -9, "s"),
        (-5, -5, "sw"),
        (-9, 0, "w"),
        (-5, 5, "nw"),
    ],
)
def test_winds(dx: float, dy: float, wind: str) -> None:
    assert wind_between(at(0, 0), at(dx, dy)) == wind


def test_the_index_of_workable_issues_holds_no_others(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'issue_workable_location_gist'")
        (definition,) = cursor.fetchone()
    assert "WHERE" in definition


def test_the_index_of_workable_issues_gives_the_order(town: Town, crew_member: User) -> None:
    """Among many, PostgreSQL walks the partial index outwards from the phone and sorts nothing."""
    issue = IssueFactory.create(department=town.lighting_north)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO issues_issue (number, token, category_id, department_id, location, state, channel, address,
                description, answers, is_public, is_text_public, same_here, reported_at, changed_at, version,
                resolved_at)
            SELECT 'X' || n, 'token' || n, %s, %s,
                ST_SetSRID(ST_MakePoint(ST_X(%s::geometry) + (n %% 200) * 20, ST_Y(%s::geometry) + n / 10.0), %s),
                CASE WHEN n %% 20 = 0 THEN 'accepted' ELSE 'closed' END, 'web', '', '', '{}', true, false, 0,
                now(), now(), 1, CASE WHEN n %% 20 = 0 THEN NULL ELSE now() END
            FROM generate_series(1, 20000) AS n
            """,
            [issue.category_id, issue.department_id, HERE.ewkt, HERE.ewkt, HERE.srid],
        )
        cursor.execute("ANALYZE issues_issue")
    plan = nearest_rows(crew_member, HERE).explain()
    assert "issue_workable_location_gist" in plan
    assert "Sort" not in plan

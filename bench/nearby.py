"""A crew's nearest jobs with a million issues in the table, in the database and through the ORM.

The plan is looked at too: it must walk the partial index of workable issues, not sort them.
"""

import json
import statistics
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from accounts.models import User
from bench.report import Row, interleaved
from core.statements import statement
from crews.nearby import nearest_rows
from issues.models import Category
from municipality.models import Department, Membership, Role

COUNT = 1_000_000
WEST, SOUTH, WIDTH = 300_000.0, 4_220_000.0, 12_000.0
DEPARTMENTS = 12
ROUNDS = 60
INDEX = "issue_workable_location_gist"


def run() -> list[Row]:
    user = _million_issues()
    places = [
        Point(WEST + WIDTH * x / 7, SOUTH + WIDTH * y / 7, srid=settings.STORAGE_SRID)
        for x in range(1, 7)
        for y in range(1, 7)
    ]
    _require_index(user, places[0])
    turn = iter(places * (ROUNDS * 2 + 2))

    def ours() -> object:
        return list(nearest_rows(user, next(turn)))

    def bare() -> object:
        with connection.cursor() as cursor:
            place = bytes(next(turn).ewkb)
            cursor.execute(
                statement("bench", "bare_nearby"), {"department": _department(user), "place": place}
            )
            return cursor.fetchall()

    ours_seconds, bare_seconds = interleaved([ours, bare], ROUNDS)
    inside = statistics.median(_seconds_in_database(user, place) for place in places)
    name = f"nearest jobs of a department, {COUNT:,} issues"
    return [
        Row(f"{name}, in the database", inside, 0.010, "bound of 10 ms", "ours under 10 ms", note=INDEX),
        Row(f"{name}, through the ORM", ours_seconds, bare_seconds, "bare SQL", "told, no goal"),
    ]


def _plan(user: User, place: Point) -> dict[str, Any]:
    text = nearest_rows(user, place).explain(format="json", analyze=True)
    plan: dict[str, Any] = json.loads(text.replace("'", '"') if text.startswith("[{'") else text)[0]
    return plan


def _seconds_in_database(user: User, place: Point) -> float:
    return float(_plan(user, place)["Execution Time"]) / 1000


def _require_index(user: User, place: Point) -> None:
    plan = json.dumps(_plan(user, place))
    if INDEX not in plan:
        raise RuntimeError(f"the nearest jobs are not read by {INDEX}: {plan}")


def _department(user: User) -> int:
    return int(Membership.objects.of(user.pk).values_list("department_id", flat=True)[0])


def _million_issues() -> User:
    """Two years of a big city: 94 of 100 are closed, a twelfth of the rest is this crew's."""
    departments = [
        Department.objects.create(slug=f"bench-{n}", kind="department", name=f"Bench {n}")
        for n in range(DEPARTMENTS)
    ]
    category = Category.objects.create(slug="bench-nearby", title="Bench", icon="road")
    user = User.objects.create_user("bench-crew@example.org", name="Bench")
    Membership.objects.create(user=user, department=departments[0], role=Role.CREW)
    values: dict[str, Any] = {
        "count": COUNT,
        "category": category.pk,
        "departments": [department.pk for department in departments],
        "west": WEST,
        "south": SOUTH,
        "width": WIDTH,
        "srid": settings.STORAGE_SRID,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("bench", "issues"), values)
        cursor.execute("VACUUM ANALYZE issues_issue")
    return user

"""Routing one issue against a thousand rules and a thousand areas, beside the bare SQL of the same question."""

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection, transaction

from bench.report import Row, interleaved
from issues.models import Category, RoutingRule
from issues.routing import route
from municipality.models import Area, Department

SIDE, CELL = 32, 250.0
WEST, SOUTH = 300_000.0, 4_200_000.0
BARE = """
WITH areas AS MATERIALIZED (
    SELECT id FROM municipality_area WHERE ST_Covers(boundary, %(point)s::geometry)
)
SELECT department_id FROM issues_routingrule
WHERE is_active AND (category_id IS NULL OR category_id = %(category)s)
  AND (area_id IS NULL OR area_id IN (SELECT id FROM areas))
ORDER BY position, id LIMIT 1
"""


def run() -> list[Row]:
    """The rows are made in a transaction that is rolled back."""
    with transaction.atomic():
        category, last = _thousand()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE municipality_area, issues_routingrule")
        rows = [_measure(category, last)]
        transaction.set_rollback(True)
    return rows


def _measure(category: Category, last: Point) -> Row:
    def ours() -> object:
        return route(category=category, location=last)

    def bare() -> object:
        with connection.cursor() as cursor:
            cursor.execute(BARE, {"point": bytes(last.ewkb), "category": category.pk})
            return cursor.fetchone()

    ours()
    bare()
    ours_seconds, bare_seconds = interleaved([ours, bare], 300)
    return Row(
        "route one issue, 1,000 rules and areas", ours_seconds, bare_seconds, "bare SQL", "ours under 5 ms"
    )


def _thousand() -> tuple[Category, Point]:
    department = Department.objects.create(slug="bench", kind="department", name="Bench")
    category = Category.objects.create(slug="bench", title="Bench", icon="road")
    cells = [(number % SIDE, number // SIDE) for number in range(1000)]
    areas = Area.objects.bulk_create(
        Area(level="zone", code=f"bench-{x}-{y}", name=f"{x} {y}", boundary=_cell(x, y)) for x, y in cells
    )
    RoutingRule.objects.bulk_create(
        RoutingRule(
            position=position, name=str(position), category=category, area=area, department=department
        )
        for position, area in enumerate(areas)
    )
    x, y = cells[-1]
    point = Point(WEST + (x + 0.4) * CELL, SOUTH + (y + 0.3) * CELL, srid=settings.STORAGE_SRID)
    return category, point


def _cell(x: int, y: int) -> MultiPolygon:
    west, south = WEST + x * CELL, SOUTH + y * CELL
    box = Polygon.from_bbox((west, south, west + CELL, south + CELL))
    return MultiPolygon(box, srid=settings.STORAGE_SRID)

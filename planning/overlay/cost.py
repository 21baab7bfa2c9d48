"""How large a question is, before it is asked: the planner of the database estimates its rows."""

import json

from django.db import connection

from planning.overlay.sides import Side

#: So many rows are answered while a page waits, a few seconds; more are work for the background.
ROWS_AT_ONCE, SURFACES_AT_ONCE = 100_000, 20_000


def is_short(what: Side, by: Side) -> bool:
    return estimated_rows(what) <= ROWS_AT_ONCE and estimated_rows(by) <= SURFACES_AT_ONCE


def estimated_rows(side: Side) -> int:
    """As many as the statistics of the database expect; nothing is read."""
    sql, params = side.sql()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return int(found[0]["Plan"]["Plan Rows"])

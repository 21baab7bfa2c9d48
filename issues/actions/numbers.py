"""Protocol numbers: one row a year, counted up inside the transaction that uses the number, so without gaps."""

from django.db import connection

UPSERT = """
INSERT INTO issues_protocolcounter AS counter (year, last) VALUES (%s, %s)
ON CONFLICT (year) DO UPDATE SET last = counter.last + EXCLUDED.last
RETURNING last
"""


def next_number(year: int) -> str:
    """`2026-000123`. The counter's row stays locked until commit: a rolled-back report gives its number back.
    Take it last, so that reports wait for each other as briefly as possible."""
    return next_numbers(year, 1)[0]


def next_numbers(year: int, count: int) -> list[str]:
    """As many numbers in a row, as `next_number` gives one."""
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [year, count])
        (last,) = cursor.fetchone()
    return [f"{year}-{number:06d}" for number in range(last - count + 1, last + 1)]

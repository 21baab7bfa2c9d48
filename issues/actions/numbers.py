"""Protocol numbers: one row a year, counted up inside the transaction that uses the number, so without gaps."""

from django.db import connection

UPSERT = """
INSERT INTO issues_protocolcounter AS counter (year, last) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
RETURNING last
"""


def next_number(year: int) -> str:
    """`2026-000123`. The counter's row stays locked until commit: a rolled-back report gives its number back.
    Take it last, so that reports wait for each other as briefly as possible."""
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [year])
        (last,) = cursor.fetchone()
    return f"{year}-{last:06d}"

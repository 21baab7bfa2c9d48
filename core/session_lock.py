"""A lock of this database session: the server frees it when the process dies, so it tells who is still at work."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def held(space: int, number: int) -> Iterator[bool]:
    """Try to take the lock `number` of `space`; says whether that worked, and gives it back at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, number % 2**31])
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number % 2**31])

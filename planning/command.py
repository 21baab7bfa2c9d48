"""What the planning commands share: whose eyes they see with, and one sentence when refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import User
from core.errors import PortalError
from municipality.roles import AnyUser


def reader(email: str) -> AnyUser:
    """The person with this address; everybody when blank. Raises CommandError."""
    if not email:
        return AnonymousUser()
    found = User.objects.filter(email=email, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active account {email}.")
    return found


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """A refusal ends the command with its sentence. A query of a command may take as long as it takes."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    except PortalError as refusal:
        raise CommandError(str(refusal)) from refusal

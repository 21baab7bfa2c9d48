"""How often a password may be tried: it cannot be guessed at speed, at whichever door."""

from collections.abc import Iterator

from django.http import HttpRequest

from core.limits import count_one, refuse_beyond

# Wrong passwords an hour. An office shares one connection; an account can be tried from many, and locking it for
# everybody would let anybody lock it, so that limit is wide.
WRONG_PER_CONNECTION = 100
WRONG_PER_ACCOUNT = 200
WRONG_PER_ACCOUNT_AND_CONNECTION = 15


def refuse_guessing(request: HttpRequest, name: str) -> None:
    """TooManyRequests when too many wrong passwords came for this account or from this connection."""
    for what, subject, per_hour in _tries(name):
        refuse_beyond(request, what, per_hour, subject)


def count_wrong(request: HttpRequest, name: str) -> None:
    for what, subject, _per_hour in _tries(name):
        count_one(request, what, subject)


def _tries(name: str) -> Iterator[tuple[str, str, int]]:
    """What is counted, for whom ("" is the connection), and how often an hour it may fail."""
    account = name.strip().casefold()[:254]
    yield "sign-in", "", WRONG_PER_CONNECTION
    yield f"sign-in as {account}", "", WRONG_PER_ACCOUNT_AND_CONNECTION
    yield "sign-in", account or "nobody", WRONG_PER_ACCOUNT

"""What the matrix is written in: a door is an address, and each role meets one of a few outcomes there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url

from tests.permissions.world import World


class Who(StrEnum):
    ANYBODY = "anybody"  # not signed in
    ALICE = "alice"
    OPERATOR = "operator"
    BEA = "bea"
    CARL = "carl"
    CREW = "crew"
    PLANNER = "planner"
    KEEPER = "keeper"
    EXECUTIVE = "executive"
    DORA = "dora"


class Outcome(StrEnum):
    PAGE = "page"  # 2xx
    DONE = "done"  # sent on to the next page, after a write
    LOGIN = "login"  # sent to sign in
    REFUSED = "refused"  # 403
    MISSING = "missing"  # 404
    METHOD = "method"  # 405
    WRONG = "wrong"  # 400, 409, 422: this person may, but not so


Expected = dict[Who, Outcome]
Fill = Callable[[World], dict[str, Any]]


def everybody(outcome: Outcome) -> Expected:
    return dict.fromkeys(Who, outcome)


def only(*people: Who, outcome: Outcome = Outcome.PAGE, others: Outcome = Outcome.REFUSED) -> Expected:
    """`outcome` for these people, sign-in for strangers, `others` for the rest."""
    rest = {who: Outcome.LOGIN if who == Who.ANYBODY else others for who in Who}
    return rest | dict.fromkeys(people, outcome)


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, eq=False)
class Door:
    """One URL name with what each role meets on GET and, where it writes, on POST with `data`.

    Without `get` the address only takes POST: nobody is shown anything. `variant` tells two doors of the same
    URL apart, such as the case of another department.
    """

    name: str
    get: Expected | None = None
    post: Expected | None = None
    kwargs: Fill = nothing
    data: Fill = nothing
    variant: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.variant}".strip()


def outcome_of(response: HttpResponse) -> Outcome:
    status = response.status_code
    if status in (301, 302, 303):
        login = response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL))
        return Outcome.LOGIN if login else Outcome.DONE
    known = {403: Outcome.REFUSED, 404: Outcome.MISSING, 405: Outcome.METHOD}
    known |= dict.fromkeys((400, 409, 422), Outcome.WRONG)
    if status not in known and not 200 <= status < 300:
        raise AssertionError(f"{status} is no outcome that a person should meet")
    return known.get(status, Outcome.PAGE)

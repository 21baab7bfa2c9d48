"""The addresses of print, with what each role meets there."""

from typing import Any

from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World

PAGE, DONE = Outcome.PAGE, Outcome.DONE
STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))


def zones(world: World) -> dict[str, Any]:
    return {"layers": "zones,pipes", "map": "15/38.2/21.7", "ground": "none"}


def series(world: World) -> dict[str, Any]:
    return {**zones(world), "sheets": "zones"}


PLAN_PRINT_DOORS = [
    *(
        Door(f"planning:print{name}", get=everybody(PAGE), data=zones)
        for name in ("", "-pdf", "-png", "-html")
    ),
    Door(
        "planning:print-pdf",
        get=everybody(Outcome.WRONG),
        data=lambda world: {"paper": "A9"},
        variant="on no paper",
    ),
    Door(
        "planning:print-series",
        post=only(*STAFF, outcome=DONE),
        data=series,
    ),
]

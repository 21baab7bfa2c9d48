"""The addresses of the editor, with what each role meets there."""

from typing import Any

from tests.permissions.doors import Door, Outcome, Who, only
from tests.permissions.world import World

PLANNERS = (Who.PLANNER, Who.DORA)


def _zones(world: World) -> dict[str, Any]:
    """The layer `zones` is for reading, so editors are told so; see tests/planning/editing for the rest."""
    return {"slug": "zones"}


PLAN_EDIT_DOORS = [
    *(
        Door(f"planning:{name}", get=only(*PLANNERS, outcome=Outcome.WRONG), kwargs=_zones)
        for name in ("edit", "edit-features")
    ),
    *(
        Door(f"planning:{name}", post=only(*PLANNERS, outcome=Outcome.WRONG), kwargs=_zones)
        for name in ("edit-shapes", "edit-check", "edit-save")
    ),
]

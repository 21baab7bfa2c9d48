"""The addresses of the attribute table, with what each role meets there."""

from collections.abc import Iterator

from tests.permissions.doors import Door, Expected, Outcome, Who, everybody, nothing, only

STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
FOR_STAFF = only(*STAFF, others=Outcome.MISSING) | {Who.ANYBODY: Outcome.MISSING}
SHAPE = '{"type": "Point", "coordinates": [21.73, 38.21]}'


def _doors(slug: str, expected: Expected) -> Iterator[Door]:
    for name in ("table", "table-figures", "table-values"):
        yield Door(
            f"planning:{name}",
            get=expected,
            kwargs=lambda world: {"slug": slug},
            data=nothing,
            variant=f"of {slug}",
        )
    yield Door(
        "planning:table-near",
        post=expected,
        kwargs=lambda world: {"slug": slug},
        data=lambda world: {"shape": SHAPE, "metres": "10"},
        variant=f"of {slug}",
    )


PLAN_TAB_DOORS = [*_doors("zones", everybody(Outcome.PAGE)), *_doors("pipes", FOR_STAFF)]

"""The addresses of the import pages, with what each role meets there: planners see layers, keepers their registers."""

from tests.permissions.doors import Door, Expected, Fill, Outcome, Who, only

PAGE, DONE, MISSING, WRONG = Outcome.PAGE, Outcome.DONE, Outcome.MISSING, Outcome.WRONG
IMPORTERS = (Who.PLANNER, Who.KEEPER, Who.DORA)


def run(which: str) -> Fill:
    """The address of a checked file: `layer`, `lamps` or `trees`."""
    return lambda world: {"pk": getattr(world, f"{which}_run").pk}


def seen_by(*people: Who, outcome: Outcome = PAGE) -> Expected:
    """Other importers are told that there is no such run; all others that they may not."""
    return only(outcome=outcome) | dict.fromkeys(IMPORTERS, MISSING) | dict.fromkeys(people, outcome)


RUNS = {
    "layer": (Who.PLANNER, Who.DORA),
    "lamps": (Who.KEEPER, Who.DORA),
    "trees": (Who.DORA,),
}
READS = ("run", "progress", "sample", "file", "set-aside")
ACTS = ("check", "import", "stop")
IMPORT_DOORS = [
    Door("importers:runs", get=only(*IMPORTERS)),
    Door("importers:new", get=only(*IMPORTERS), post=only(*IMPORTERS, outcome=WRONG)),
    *(
        Door(f"importers:{name}", get=seen_by(*people), kwargs=run(which), variant=f"of the {which}")
        for which, people in RUNS.items()
        for name in READS
    ),
    *(
        Door(
            f"importers:{name}",
            post=seen_by(*people, outcome=DONE),
            kwargs=run(which),
            variant=f"of the {which}",
        )
        for which, people in RUNS.items()
        for name in ACTS
    ),
    Door(
        "importers:undo",
        get=seen_by(*RUNS["layer"], outcome=WRONG),
        post=seen_by(*RUNS["layer"], outcome=WRONG),
        kwargs=run("layer"),
        variant="of what was not imported",
    ),
    Door(
        "importers:forget-mapping",
        post=seen_by(*RUNS["layer"], outcome=DONE),
        kwargs=lambda world: {"pk": world.mapping.pk},
    ),
]

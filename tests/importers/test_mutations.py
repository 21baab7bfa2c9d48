"""Broken files of every kind: refused in a sentence or imported, never a crash, nothing half-written or left behind."""

import os
from pathlib import Path

import pytest

from tests.factories import build_town
from tests.importers.mutation.mutate import mutated
from tests.importers.mutation.seeds import SEEDS
from tests.importers.mutation.tally import run_mutations
from tests.issues.crash import environment

COUNT = int(os.environ.get("MUTATED_FILES", "300"))
BOUND_MB = 400


@pytest.mark.django_db(transaction=True)
def test_broken_files_do_no_harm(tmp_path: Path) -> None:
    build_town()
    tally = run_mutations(COUNT, environment(tmp_path / "var"), tmp_path / "temporary")
    assert tally.wrong == []
    assert tally.files == COUNT
    assert tally.peak_mb <= BOUND_MB
    kinds = {Path(name).suffix for name in SEEDS}
    assert {kind for kind in kinds if tally.said[f"{kind} refused"]} == kinds
    # Not every break matters, or nothing beyond the first check of a file was ever tried.
    assert sum(tally.said[f"{kind} imported"] for kind in kinds) > COUNT / 10


def test_a_break_is_one() -> None:
    from random import Random

    data = bytes(range(256)) * 4
    assert all(mutated(data, Random(number)) != data for number in range(200))

"""10,000 broken files of every kind through the importer: no crash, nothing half-written, memory bounded."""

import os
import sys
import tempfile
from pathlib import Path

from django.db import connection

from bench.report import Row

FILES = int(os.environ.get("MUTATED_FILES", "10000"))
BOUND_MB = 400
CHILDREN = 2


def run() -> list[Row]:
    """Raises when a single one of the files did harm."""
    from tests.importers.mutation.tally import run_mutations

    url = os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0]
    with tempfile.TemporaryDirectory() as folder:
        env = {"DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}", "GISPORTAL_VAR": f"{folder}/var"}
        tally = run_mutations(FILES, env, Path(folder) / "temporary", children=CHILDREN)
    for said, count in sorted(tally.said.items()):
        sys.stderr.write(f"{said}: {count}\n")
    for line in tally.wrong:
        sys.stderr.write(f"{line}\n")
    if tally.wrong:
        raise RuntimeError(f"{len(tally.wrong)} of {tally.files} broken files did harm, see above")
    refused = sum(count for said, count in tally.said.items() if said.endswith("refused"))
    return [
        Row(
            f"peak memory over {tally.files:,} broken files",
            tally.peak_mb,
            BOUND_MB,
            "bound",
            f"under {BOUND_MB} MB, no harm",
            unit="MB",
            note=f"{refused:,} refused in a sentence, {tally.files - refused:,} imported, none did harm",
        )
    ]

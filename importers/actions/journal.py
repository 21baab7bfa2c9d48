"""The journal of registers: what an import did to each row, so that it can be undone."""

from collections.abc import Mapping

from importers.models import ImportChange, ImportRun
from importers.registers import Flat, Register, flat_states

BATCH = 2_000


def keep_changes(
    *, run: ImportRun, register: Register, keys: Mapping[int, str], before: Mapping[int, Flat]
) -> int:
    """Keep what the run did to the rows `keys` ({id: key}), which it has just written; `before` is what
    `flat_states` told of those that were there. Rows that are as they were are left out. Returns how many are kept."""
    kept = 0
    ids = list(keys)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        after = flat_states(register, batch)
        changes = [
            ImportChange(
                run=run, key=keys[pk][:200], object_id=pk, before=before.get(pk), after=after.get(pk)
            )
            for pk in batch
            if before.get(pk) != after.get(pk)
        ]
        kept += len(ImportChange.objects.bulk_create(changes))
    return kept

"""Where two readings of a file differ, in words."""

import numpy as np

from tests.real_data.import_report.theirs import Measures

RELATIVE, METRES = 1e-6, 1e-3


def unlike(ours: Measures, theirs: Measures) -> list[str]:
    """Nothing when rows, areas, lengths and texts are the same."""
    found = []
    if ours.rows != theirs.rows:
        found.append(f"{ours.rows} rows, GDAL has {theirs.rows}")
    for name in ("areas", "lengths"):
        mine, other = np.array(getattr(ours, name)), np.array(getattr(theirs, name))
        if len(mine) == len(other) and not np.allclose(mine, other, rtol=RELATIVE, atol=METRES):
            found.append(f"{name} {mine.sum():.3f}, GDAL has {other.sum():.3f}")
        elif len(mine) != len(other) and ours.rows == theirs.rows:
            found.append(f"{len(mine)} {name}, GDAL has {len(other)}")
    missing = theirs.texts - ours.texts
    if missing:
        found.append(f"{missing.total()} texts are missing, such as “{next(iter(missing))[:40]}”")
    return found

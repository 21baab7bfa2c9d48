"""A bar on a terminal, nothing elsewhere."""

import sys
import time
from collections.abc import Iterator
from typing import TextIO

from django.utils.translation import gettext as _

from importers.sources.base import Batch, Source

WIDTH = 30


def told(source: Source, out: TextIO | None = None) -> Iterator[Batch]:
    """The batches of a source, with a bar on standard error while they are taken, if that is a terminal."""
    out = out or sys.stderr
    if not out.isatty():
        yield from source.batches()
        return
    started, rows = time.monotonic(), 0
    try:
        for batch in source.batches():
            yield batch
            rows += len(batch)
            out.write(_line(source.share_read(), rows, time.monotonic() - started))
            out.flush()
    finally:
        out.write("\n")


def _line(share: float, rows: int, seconds: float) -> str:
    full = round(WIDTH * share)
    left = seconds / share - seconds if share > 0 else 0
    words = _("%(percent)3d %%  %(rows)d rows, %(left)d s left") % {
        "percent": round(100 * share),
        "rows": rows,
        "left": round(left),
    }
    return f"\r{'█' * full}{'·' * (WIDTH - full)} {words} "

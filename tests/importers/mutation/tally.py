"""Run the broken files in children, one after another crash if need be, and count what became of them."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass
class Tally:
    """`said` counts outcomes by kind of file; `wrong` holds what must not happen."""

    said: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    peak_mb: int = 0

    @property
    def files(self) -> int:
        return sum(self.said.values())

    def take(self, line: dict[str, Any]) -> None:
        if "peak_mb" in line:
            self.peak_mb = max(self.peak_mb, line["peak_mb"])
        elif line["said"] != "begun":
            self.said[f"{Path(line['name']).suffix} {line['said'].split()[0]}"] += 1
            if line["said"].startswith("wrong") or line["left"]:
                self.wrong.append(line)


def run_mutations(count: int, environment: dict[str, str], temporary: Path, *, children: int = 1) -> Tally:
    """Import `count` broken files, spread over `children` processes with their own temporary folders."""
    tally = Tally()
    share = -(-count // children)
    spans = [(start, min(count, start + share)) for start in range(0, count, share)]
    with ThreadPoolExecutor(children) as pool:
        for lines in pool.map(lambda span: list(_span(span, environment, temporary)), spans):
            for line in lines:
                tally.take(line)
    return tally


def _span(span: tuple[int, int], environment: dict[str, str], temporary: Path) -> Iterator[dict[str, Any]]:
    """The lines of one span of numbers; a child that crashes is followed by another, after the file that did it."""
    first, last = span
    folder = temporary / str(first)
    folder.mkdir(parents=True)
    while first < last:
        child = subprocess.run(
            [sys.executable, "-m", "tests.importers.mutation.child", str(first), str(last)],
            cwd=settings.BASE_DIR,
            env={**os.environ, **environment, "TMPDIR": str(folder)},
            capture_output=True,
            check=False,
            text=True,
            errors="replace",  # a library may quote the broken bytes in its remarks
        )
        lines = [json.loads(line) for line in child.stdout.splitlines()]
        yield from lines
        if child.returncode == 0:
            return
        if not lines or lines[-1].get("said") != "begun":
            raise RuntimeError(f"the child ended with {child.returncode}: {child.stderr[-2000:]}")
        yield {**lines[-1], "said": f"wrong: the process ended with {child.returncode}", "left": []}
        first = lines[-1]["number"] + 1

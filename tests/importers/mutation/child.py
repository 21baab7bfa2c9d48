"""Import broken files one after the other, say in a line of JSON what became of each: `python -m … FIRST LAST`.

Runs in the database of DATABASE_URL, in a process of its own: a crash in a library would end the process, and the
last line tells which file it was.
"""

import gc
import json
import os
import re
import signal
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import django

PATIENCE_SECONDS = 60
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj")


@dataclass(frozen=True)
class Case:
    number: int
    name: str
    data: bytes


class Stuck(BaseException):
    """An import that goes on and on."""


def case(number: int, sound: dict[str, bytes]) -> Case:
    """The same file for the same number, whoever makes it."""
    from tests.importers.mutation.mutate import mutated
    from tests.importers.mutation.seeds import part_of_zip, shapefile_with

    random = Random(number)
    name = sorted(sound)[number % len(sound)]
    if name == "parcels.zip" and random.random() < 0.8:
        suffix = random.choice(SHAPEFILE_PARTS)
        part = mutated(part_of_zip(sound[name], suffix), random)
        return Case(number, name, shapefile_with(suffix, part, sound[name]))
    return Case(number, name, mutated(sound[name], random))


def order_of(path: Path, number: int, child: int) -> Any:
    """Into layers of this child's own, so that only this import can change them."""
    from importers.actions.layer import LayerOrder
    from importers.sources import ReadOptions

    crs = "EPSG:2100" if path.suffix == ".dxf" else ""
    key = "id" if path.suffix not in {".dxf", ".gpx"} else ""
    kind = path.suffix.replace(".", "-")
    slug = f"mutated-{number}" if number % 40 == 0 else f"mutated{kind}-{child}"
    options = ReadOptions(source_crs=crs)
    return LayerOrder(path, slug, key, options=options, set_aside=True, allow_removals=True)


def fate(path: Path, number: int, child: int) -> dict[str, Any]:
    """What became of one file, and what it left behind."""
    from core.errors import PortalError
    from importers.actions.layer import import_layer
    from tests.importers.mutation.traces import held, traces

    order = order_of(path, number, child)
    before = held(order.slug)
    signal.alarm(PATIENCE_SECONDS)
    try:
        report = import_layer(order)
        said, now = "imported", held(order.slug)
        stored = report.counts["added"] + report.counts["changed"] + report.counts["unchanged"]
        if now is None or now[0] < stored:
            said = f"wrong: {stored} rows told, {now} held"
    except PortalError as refusal:
        said = f"refused {refusal.code}" if str(refusal) else "wrong: no sentence"
        if held(order.slug) != before:
            said = "wrong: refused, but the layer is not as before"
    except Stuck:
        said = "wrong: stuck"
    except BaseException:
        said = "wrong: " + traceback.format_exc(limit=-6)
    finally:
        signal.alarm(0)
    return {"number": number, "name": path.name, "said": said, "left": traces(path.parent)}


def main(first: int, last: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    django.setup()
    from django.utils import translation

    from tests.importers.mutation.seeds import seeds

    def ring(*_: object) -> None:
        raise Stuck

    signal.signal(signal.SIGALRM, ring)
    translation.activate("en")
    with tempfile.TemporaryDirectory() as made:
        sound = seeds(Path(made))
    for number in range(first, last):
        with tempfile.TemporaryDirectory(prefix="mutated-") as folder:
            one = case(number, sound)
            path = Path(folder) / one.name
            path.write_bytes(one.data)
            print(json.dumps({"number": number, "name": one.name, "said": "begun"}), flush=True)
            print(json.dumps(fate(path, number, first)), flush=True)
        if number % 50 == 0:
            gc.collect()
    print(json.dumps({"peak_mb": peak_mb()}), flush=True)


def peak_mb() -> int:
    """The most memory this program held. (What getrusage tells begins with the memory of whoever started it.)"""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

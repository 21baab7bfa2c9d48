"""Importing 300,000 parcels from a GeoPackage in degrees, beside ogr2ogr with COPY doing the same reprojection."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray
from pyproj import Transformer

from bench.report import Row

PARCELS = 300_000
PER_ROW = 550
ROUNDS = 3
BOUND_MB = 500


@dataclass(frozen=True)
class Run:
    """Wall time and peak resident memory of one child process, start and end included."""

    seconds: float
    peak_mb: float


def run() -> list[Row]:
    """Each command as a person calls it, start and end of the process included, in turn; medians of `ROUNDS`."""
    if shutil.which("ogr2ogr") is None:
        sys.stderr.write("ogr2ogr is missing (Debian package gdal-bin), so imports are not measured.\n")
        return []
    # The database of the bench, which children find at the same server under its name.
    known = connection.settings_dict
    url = os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0] + f"/{known['NAME']}"
    with tempfile.TemporaryDirectory() as folder:
        path = make_parcels(Path(folder) / "parcels.gpkg")
        first, again, peer = [], [], []
        for number in range(ROUNDS):
            first.append(_import(url, path, f"bench-parcels-{number}"))
            peer.append(_ogr2ogr(_libpq(known), path, f"bench_peer_{number}"))
            again.append(_import(url, path, f"bench-parcels-{number}"))
    return _rows(first, again, peer)


def _rows(first: list[Run], again: list[Run], peer: list[Run]) -> list[Row]:
    seconds = {name: _median(runs) for name, runs in (("first", first), ("again", again), ("peer", peer))}
    peak = max(one.peak_mb for one in first + again)
    note = "ours also validates, repairs, keeps history, stores two geometries and builds five indexes"
    return [
        Row(
            f"import_layer, {PARCELS:,} parcels, empty layer",
            seconds["first"],
            seconds["peer"],
            "ogr2ogr, one index",
            "ratio printed",
            note=note,
        ),
        Row(
            "the same file again, nothing changed",
            seconds["again"],
            seconds["first"],
            "first import",
            "ratio printed",
        ),
        Row("peak memory of an import", peak, BOUND_MB, "bound", f"under {BOUND_MB} MB", unit="MB"),
    ]


def _median(runs: list[Run]) -> float:
    return statistics.median(one.seconds for one in runs)


def _import(url: str, path: Path, slug: str) -> Run:
    command = [sys.executable, "manage.py", "import_layer", str(path), "--layer", slug, "--key", "kaek"]
    return _timed([*command, "--theme", "cadastre"], {"DATABASE_URL": url})


def _ogr2ogr(target: str, path: Path, table: str) -> Run:
    options = ["-t_srs", f"EPSG:{settings.STORAGE_SRID}", "-nln", table, "--config", "PG_USE_COPY", "YES"]
    return _timed(["ogr2ogr", "-f", "PostgreSQL", target, str(path), *options], {})


def _timed(command: list[str], environment: dict[str, str]) -> Run:
    start, peak = time.perf_counter(), 0.0
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None:
        peak = max(peak, _peak_mb(child.pid))
        time.sleep(0.01)
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}")
    return Run(time.perf_counter() - start, peak)


def _peak_mb(pid: int) -> float:
    """High-water mark of the resident memory of a running process. (What `wait` tells of a child begins with the
    memory of the parent it was forked from.)"""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def make_parcels(path: Path, count: int = PARCELS) -> Path:
    """Parcels of six corners in rows, as longitude and latitude, with five fields; the same in every run."""
    random = np.random.default_rng(1)
    number = np.arange(count)
    west, south = 300_000 + (number % PER_ROW) * 30.0, 4_230_000 + (number // PER_ROW) * 25.0
    width, depth = random.uniform(15, 28, count), random.uniform(12, 24, count)
    bend = random.uniform(-1, 1, (2, count))
    x = np.stack([west, west + width / 2, west + width, west + width, west + width / 2, west, west], axis=1)
    y = np.stack(
        [south, south + bend[0], south, south + depth, south + depth + bend[1], south + depth, south], axis=1
    )
    to_degrees = Transformer.from_crs(2100, 4326, always_xy=True)
    corners = np.column_stack(to_degrees.transform(x.ravel(), y.ravel()))
    rings = shapely.linearrings(corners, indices=np.repeat(number, 7))
    fields: dict[str, NDArray[Any]] = {
        "kaek": np.array([f"{60_000_000_000 + one:012d}" for one in number], dtype=object),
        "area": random.uniform(100, 900, count).round(2),
        "zone": random.integers(1, 9, count).astype("int32"),
        "address": np.array([f"Αγίας Σοφίας {one % 200}" for one in number], dtype=object),
        "year": random.integers(1900, 2024, count).astype("int32"),
    }
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.polygons(rings)),
        list(fields.values()),
        list(fields),
        driver="GPKG",
        layer="parcels",
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    return path


def _libpq(known: dict[str, Any]) -> str:
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return "PG:" + " ".join(f"{name}={known[key]}" for name, key in words.items() if known[key])

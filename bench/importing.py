"""Importing 300,000 parcels from a GeoPackage in degrees, beside ogr2ogr with COPY and geopandas doing the same
reprojection; the file again, with changes, and taken back; and three million points in bounded memory."""

import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from django.conf import settings

from bench.importing_children import Run, for_gdal, for_sqlalchemy, manage, median, timed
from bench.importing_files import PARCELS, POINTS, make_parcels, make_points
from bench.report import Row
from importers.models import ImportRun

ROUNDS = 3
BOUND_MB = 400
Runs = dict[str, list[Run]]


def run() -> list[Row]:
    """Each command as a person calls it, start and end of the process included, in turn; medians of `ROUNDS`."""
    if shutil.which("ogr2ogr") is None:
        sys.stderr.write("ogr2ogr is missing (Debian package gdal-bin), so imports are not measured.\n")
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = make_parcels(Path(folder) / "parcels.gpkg")
        changed = make_parcels(Path(folder) / "changed.gpkg", is_changed=True)
        runs: Runs = defaultdict(list)
        for number in range(ROUNDS):
            _round(runs, path, changed, number)
        path.unlink()
        points = make_points(Path(folder) / "points.gpkg")
        runs["points"].append(_import(points, "bench-points", "code"))
    return _rows(runs)


def _round(runs: Runs, path: Path, changed: Path, number: int) -> None:
    slug = f"bench-parcels-{number}"
    runs["ogr2ogr"].append(_ogr2ogr(path, f"bench_ogr2ogr_{number}"))
    runs["first"].append(import_parcels(path, slug))
    runs["geopandas"].append(_geopandas(path, f"bench_geopandas_{number}"))
    runs["again"].append(import_parcels(path, slug))
    runs["changed"].append(import_parcels(changed, slug))
    runs["undo"].append(manage("undo_import", str(ImportRun.objects.latest("pk").pk)))


def _rows(runs: Runs) -> list[Row]:
    seconds = {name: median(series) for name, series in runs.items()}
    first, note = (
        seconds["first"],
        "ours also validates, repairs, keeps history, stores two geometries, builds five indexes",
    )
    name = f"import_layer, {PARCELS:,} parcels, empty layer"
    peak = max(one.peak_mb for kind in ("first", "again", "changed", "undo") for one in runs[kind])
    ours = (
        (kind, title, goal)
        for kind, title, goal in (
            ("again", "the same file again, nothing changed", "at most 0.4"),
            ("changed", "the same file again, 1 % changed", "at most 0.5"),
            ("undo", "that import undone", "at most 0.5"),
        )
    )
    return [
        Row(name, first, seconds["ogr2ogr"], "ogr2ogr, one index", "1.0, at most 1.5", note=note),
        Row(name, first, seconds["geopandas"], "geopandas, to_postgis", "at most 0.5"),
        *(Row(title, seconds[kind], first, "first import", goal) for kind, title, goal in ours),
        _memory(f"peak memory of these, {PARCELS:,} parcels", peak),
        _memory(f"peak memory of import_layer, {POINTS:,} points", runs["points"][0].peak_mb),
    ]


def _memory(name: str, peak_mb: float) -> Row:
    return Row(name, peak_mb, BOUND_MB, "bound", f"under {BOUND_MB} MB", unit="MB")


def import_parcels(path: Path, slug: str) -> Run:
    return _import(path, slug, "kaek")


def _import(path: Path, slug: str, key: str) -> Run:
    return manage("import_layer", str(path), "--layer", slug, "--key", key, "--theme", "cadastre")


def _ogr2ogr(path: Path, table: str) -> Run:
    options = ["-t_srs", f"EPSG:{settings.STORAGE_SRID}", "-nln", table, "--config", "PG_USE_COPY", "YES"]
    return timed(["ogr2ogr", "-f", "PostgreSQL", for_gdal(), str(path), *options], {})


def _geopandas(path: Path, table: str) -> Run:
    words = [str(path), for_sqlalchemy(), str(settings.STORAGE_SRID), table]
    return timed([sys.executable, "-m", "bench.importing_geopandas", *words], {})

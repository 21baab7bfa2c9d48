"""Exporting 300,000 parcels to a GeoPackage in the storage CRS, beside ogr2ogr reading the same rows from PostGIS."""

import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from bench.importing import import_parcels
from bench.importing_children import Run, for_gdal, manage, median, timed
from bench.importing_files import PARCELS, make_parcels
from bench.report import Row

ROUNDS = 3
BOUND_MB = 400
SLUG = "bench-export"
FIELDS = ("kaek text", "area float8", "zone int", "address text", "year int")


def run() -> list[Row]:
    """Each command as a person calls it, in turn; medians of `ROUNDS`, and the largest memory."""
    if shutil.which("ogr2ogr") is None:
        sys.stderr.write("ogr2ogr is missing (Debian package gdal-bin), so exports are not measured.\n")
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        import_parcels(make_parcels(folder / "parcels.gpkg"), SLUG)
        ours = [_export(folder / f"ours_{number}.gpkg") for number in range(ROUNDS)]
        peer = [_ogr2ogr(folder / f"peer_{number}.gpkg") for number in range(ROUNDS)]
        csv = [
            _export(folder / f"ours_{number}.csv", "--crs", str(settings.STORAGE_SRID)) for number in (0, 1)
        ]
    peak = max(one.peak_mb for one in ours + csv)
    note = "ours also looks at every field of every row first, for its kind"
    return [
        Row(
            f"export_layer, {PARCELS:,} parcels to GeoPackage",
            median(ours),
            median(peer),
            "ogr2ogr",
            "≤ 2.0",
            note=note,
        ),
        Row("the same to CSV with WKT", median(csv), median(peer), "ogr2ogr to GeoPackage", "ratio printed"),
        Row("peak memory of an export", peak, BOUND_MB, "bound", f"under {BOUND_MB} MB", unit="MB"),
    ]


def _export(path: Path, *options: str) -> Run:
    return manage("export_layer", SLUG, str(path), *options)


def _ogr2ogr(path: Path) -> Run:
    columns = ", ".join(
        f"(properties->>'{name}')::{kind} AS {name}" for name, kind in (f.split() for f in FIELDS)
    )
    layer = f"(SELECT id FROM layers_layer WHERE slug = '{SLUG}')"
    rows = f"SELECT {columns}, geom FROM layers_feature WHERE upper_inf(recorded) AND layer_id = {layer}"
    return timed(["ogr2ogr", "-f", "GPKG", str(path), for_gdal(), "-sql", rows], {})

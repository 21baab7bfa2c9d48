"""Exporting 300,000 parcels to a GeoPackage in the storage CRS, beside ogr2ogr reading the same rows from PostGIS."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bench.importing import PARCELS, _import, _libpq, _median, _timed, make_parcels
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
    known = connection.settings_dict
    url = os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0] + f"/{known['NAME']}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _import(url, make_parcels(folder / "parcels.gpkg"), SLUG)
        ours = [_export(url, folder / f"ours_{number}.gpkg") for number in range(ROUNDS)]
        peer = [_ogr2ogr(known, folder / f"peer_{number}.gpkg") for number in range(ROUNDS)]
        csv = [
            _export(url, folder / f"ours_{number}.csv", "--crs", str(settings.STORAGE_SRID))
            for number in (0, 1)
        ]
    peak = max(one.peak_mb for one in ours + csv)
    note = "ours also looks at every field of every row first, for its kind"
    return [
        Row(
            f"export_layer, {PARCELS:,} parcels to GeoPackage",
            _median(ours),
            _median(peer),
            "ogr2ogr",
            "≤ 2.0",
            note=note,
        ),
        Row(
            "the same to CSV with WKT", _median(csv), _median(peer), "ogr2ogr to GeoPackage", "ratio printed"
        ),
        Row("peak memory of an export", peak, BOUND_MB, "bound", f"under {BOUND_MB} MB", unit="MB"),
    ]


def _export(url: str, path: Path, *options: str) -> Any:
    return _timed(
        [sys.executable, "manage.py", "export_layer", SLUG, str(path), *options], {"DATABASE_URL": url}
    )


def _ogr2ogr(known: dict[str, Any], path: Path) -> Any:
    columns = ", ".join(
        f"(properties->>'{name}')::{kind} AS {name}" for name, kind in (f.split() for f in FIELDS)
    )
    layer = f"(SELECT id FROM layers_layer WHERE slug = '{SLUG}')"
    rows = f"SELECT {columns}, geom FROM layers_feature WHERE upper_inf(recorded) AND layer_id = {layer}"
    return _timed(["ogr2ogr", "-f", "GPKG", str(path), _libpq(known), "-sql", rows], {})

"""A height model of 20,000 × 20,000 pixels becomes a COG: import_raster beside gdal_translate, time and memory."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from django.db import connection
from rasterio.transform import from_origin
from rasterio.windows import Window

from bench.processes import Measured, measured
from bench.report import Row

SIDE, STRIPE = 20_000, 500
BOUND_MB = 600
PEER_OPTIONS = ("COMPRESS=DEFLATE", "PREDICTOR=YES", "LEVEL=6", "BIGTIFF=IF_SAFER", "NUM_THREADS=2")


def run() -> list[Row]:
    """One round: each takes the better part of a minute. Both write the same kind of file with the same options."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_heights(Path(folder) / "heights.tif")
        ours = _import(path, Path(folder))
        rows = [
            Row(
                f"peak memory of import_raster, {SIDE:,} × {SIDE:,} pixels",
                ours.peak_mb,
                BOUND_MB,
                "bound",
                f"under {BOUND_MB} MB",
                unit="MB",
            )
        ]
        if shutil.which("gdal_translate") is None:
            sys.stderr.write("gdal_translate is missing (Debian package gdal-bin), so it is not compared.\n")
            return rows
        peer = _translate(path, Path(folder) / "peer.tif")
    note = f"peak {ours.peak_mb:,.0f} MB, gdal_translate with its own cache {peer.peak_mb:,.0f} MB"
    return [
        Row(
            f"import_raster, {SIDE:,} × {SIDE:,} pixels",
            ours.seconds,
            peer.seconds,
            "gdal_translate -of COG",
            "ratio printed",
            note=note,
        ),
        *rows,
    ]


def _import(path: Path, folder: Path) -> Measured:
    url = os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0]
    environment = {
        "DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}",
        "GISPORTAL_VAR": str(folder / "var"),
    }
    command = [sys.executable, "manage.py", "import_raster", str(path), "--raster", "bench-heights"]
    return measured(command, environment)


def _translate(path: Path, target: Path) -> Measured:
    options = [word for option in PEER_OPTIONS for word in ("-co", option)]
    return measured(["gdal_translate", "-q", "-of", "COG", *options, str(path), str(target)])


def make_heights(path: Path, side: int = SIDE) -> Path:
    """Hills with a little noise, as 16-bit numbers in strips; the same in every run."""
    x = np.arange(side)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=side,
        height=side,
        count=1,
        dtype="int16",
        crs="EPSG:2100",
        transform=from_origin(300_000, 4_250_000, 1, 1),
    ) as out:
        for top in range(0, side, STRIPE):
            y = np.arange(top, top + STRIPE)[:, np.newaxis]
            hills = 500 * np.sin(x / 900) * np.cos(y / 700) + (x * 7 + y * 13) % 11
            out.write(hills.astype("int16"), 1, window=Window(0, top, side, STRIPE))
    return path

"""Import a raster: checked by bounds, written as a cloud-optimised GeoTIFF, then one row in one transaction."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from affine import Affine
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Polygon

from importers.actions.journal import keep_changes
from importers.actions.runs import carry_out, checksum
from importers.crs import Placement, crs_named, placement
from importers.errors import BrokenFile, NoRoomForRaster, NotPlaced, refuse_bad_slug
from importers.models import ImportRun, Target
from importers.order import Order
from importers.rasters import Facts, facts_of, opened, write_cog
from importers.rasters.placing import outline
from importers.registers import RASTERS, flat_states
from importers.report import Report
from layers.actions.rasters import keep_raster
from layers.models import Raster

FOLDER, TEMPORARY = "rasters", ".import-"
LEFT_OVER_AFTER_SECONDS = 24 * 3600
LEAST_FREE_BYTES = 64 << 20


@dataclass(frozen=True)
class RasterOrder(Order):
    """What becomes of it: the raster `slug`, made when it is not there. `options.source_crs` wins over the file."""

    slug: str = ""
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Read:
    """What was found out of the file, and where it lies in the storage CRS."""

    facts: Facts
    transform: Affine
    placed: Placement
    outline: shapely.Polygon


def import_raster(order: RasterOrder) -> Report:
    """Bring the raster to what the file says. Raises ImportRefused (or another PortalError) with the database and the
    media folder untouched."""
    facts = {"title": order.title, "unit": order.unit}
    made: list[Path] = []
    try:
        return carry_out(
            order, Target.RASTER, order.slug, facts, lambda report, run: _import(order, report, run, made)
        )
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _import(order: RasterOrder, report: Report, run: ImportRun, made: list[Path]) -> None:
    refuse_bad_slug(order.slug)
    held = Raster.objects.filter(slug=order.slug).first()
    with opened(order.path) as dataset:
        read = _read(order, dataset)
        report.counts["read"] = 1
        report.source_crs = read.placed.name
        report.evidence.update(_evidence(read))
        name = f"{FOLDER}/{order.slug}-{_digest(order, read)}.tif"
        if held is not None and held.file.name == name and (Path(settings.MEDIA_ROOT) / name).is_file():
            report.counts["unchanged"] = 1
            return
        with _folder() as folder:
            _write(order, dataset, read, folder / "raster.tif")
            report.counts["added" if held is None else "changed"] = 1
            if order.dry_run:
                return
            _move(folder / "raster.tif", Path(settings.MEDIA_ROOT) / name, made)
    _keep(order, run, read, name, held)


def _read(order: RasterOrder, dataset: Any) -> Read:
    facts = facts_of(dataset, order.path)
    if facts.transform is None:
        raise NotPlaced(file=order.path.name)
    placed = placement(facts.crs, order.options.source_crs)
    return Read(facts, facts.transform, placed, outline(facts, facts.transform, placed, order.path.name))


def _write(order: RasterOrder, dataset: Any, read: Read, target: Path) -> None:
    asked = order.options.source_crs
    crs = crs_named(asked).to_wkt() if asked else read.facts.crs
    try:
        write_cog(
            dataset, target, crs=crs, transform=read.transform, replace=bool(asked) or read.facts.from_sidecar
        )
    except BrokenFile as error:
        if shutil.disk_usage(target.parent).free < LEAST_FREE_BYTES:
            raise NoRoomForRaster(file=order.file_name) from error
        raise


def _move(written: Path, target: Path, made: list[Path]) -> None:
    if not target.exists():
        made.append(target)
    written.replace(target)


def _keep(order: RasterOrder, run: ImportRun, read: Read, name: str, held: Raster | None) -> None:
    extent = GEOSGeometry(memoryview(shapely.to_wkb(read.outline)), srid=settings.STORAGE_SRID)
    assert isinstance(extent, Polygon)  # noqa: S101
    before = {} if held is None else flat_states(RASTERS, [held.pk])
    raster = keep_raster(
        slug=order.slug,
        file=name,
        extent=extent,
        title=order.title[:200],
        unit=order.unit[:20],
        source=order.file_name[:300],
    )
    keep_changes(run=run, register=RASTERS, keys={raster.pk: raster.slug}, before=before)


def _digest(order: RasterOrder, read: Read) -> str:
    """Names the file by all that it is made of: the same again changes nothing."""
    made_of = f"{checksum(order.path)} {read.placed.name} {tuple(read.transform)}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def _evidence(read: Read) -> dict[str, Any]:
    return {"raster": {**read.facts.as_json(), "outline": shapely.to_wkt(read.outline, rounding_precision=1)}}


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder beside the rasters, so that a finished file only needs a new name. What a killed import left there a
    day ago goes."""
    home = Path(settings.MEDIA_ROOT) / FOLDER
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{TEMPORARY}*"):
        if left.stat().st_mtime < time.time() - LEFT_OVER_AFTER_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, dir=home) as folder:
        yield Path(folder)

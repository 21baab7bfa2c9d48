"""What a raster says of itself, held against bounds before any pixel is read."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affine import Affine
from django.conf import settings

from importers.errors import NotWhatItSays, TooLargeToRead

# One strip or tile is unpacked as a whole; it may not fill the memory.
LARGEST_BLOCK_BYTES = 128 << 20
MOST_BANDS = 256
WORLD_FILES = {
    ".tif": (".tfw", ".tifw", ".tiffw", ".wld"),
    ".tiff": (".tfw", ".tifw", ".tiffw", ".wld"),
    ".png": (".pgw", ".pngw", ".wld"),
    ".jpg": (".jgw", ".jpgw", ".jpegw", ".wld"),
    ".jpeg": (".jgw", ".jpgw", ".jpegw", ".wld"),
    ".jp2": (".j2w", ".jp2w", ".wld"),
    ".j2k": (".j2w", ".wld"),
}
LONGEST_SIDECAR = 1 << 16
WKT_STARTS = ("PROJ", "GEOG", "GEOD", "COMPD", "BOUND")


@dataclass(frozen=True)
class Facts:
    """`crs` is WKT, empty when the file names none; `transform` goes from pixels to it, None when nothing says where
    the pixels are; `from_sidecar`: the file itself does not hold it."""

    width: int
    height: int
    bands: int
    kind: str
    nodata: float | None
    crs: str
    transform: Affine | None
    from_sidecar: bool = False

    def as_json(self) -> dict[str, Any]:
        nodata = self.nodata if self.nodata is None or math.isfinite(self.nodata) else str(self.nodata)
        return {
            "width": self.width,
            "height": self.height,
            "bands": self.bands,
            "kind": self.kind,
            "nodata": nodata,
        }


def facts_of(dataset: Any, path: Path) -> Facts:
    """Raises TooLargeToRead for more pixels, or larger pieces, than settings.IMPORT_MAX_PIXELS and memory allow."""
    _check_size(dataset, path)
    crs = dataset.crs.to_wkt() if dataset.crs else _projection_beside(path)
    transform = dataset.transform
    beside = _world_beside(path) if transform.is_identity else None
    return Facts(
        width=dataset.width,
        height=dataset.height,
        bands=dataset.count,
        kind=str(dataset.dtypes[0]),
        nodata=dataset.nodata,
        crs=crs,
        transform=beside if transform.is_identity else transform,
        from_sidecar=beside is not None or (bool(crs) and not dataset.crs),
    )


def _check_size(dataset: Any, path: Path) -> None:
    pixels = dataset.width * dataset.height
    if pixels > settings.IMPORT_MAX_PIXELS or dataset.count > MOST_BANDS:
        found = f"{dataset.width:,} × {dataset.height:,} × {dataset.count}"
        raise TooLargeToRead(file=path.name, found=found, most=f"{settings.IMPORT_MAX_PIXELS:,}")
    if not dataset.count:
        raise NotWhatItSays(file=path.name, format=dataset.driver)
    block = max(rows * columns for rows, columns in dataset.block_shapes)
    bytes_each = max(_bytes_of(kind) for kind in dataset.dtypes)
    together = (
        dataset.count if dataset.interleaving is not None and dataset.interleaving.name == "pixel" else 1
    )
    if block * bytes_each * together > LARGEST_BLOCK_BYTES:
        found = f"{block * bytes_each * together >> 20} MB"
        raise TooLargeToRead(file=path.name, found=found, most=f"{LARGEST_BLOCK_BYTES >> 20} MB")


def _bytes_of(kind: str) -> int:
    digits = int("".join(letter for letter in kind if letter.isdigit()) or 8)
    return max(digits // 8, 1)


def _world_beside(path: Path) -> Affine | None:
    """The transform of a world file: six numbers, for the middle of the first pixel."""
    for extension in WORLD_FILES.get(path.suffix.lower(), ()):
        text = _text_beside(path, extension)
        if text is None:
            continue
        try:
            a, d, b, e, x, y = (float(number.replace(",", ".")) for number in text.split()[:6])
        except ValueError:
            raise NotWhatItSays(file=path.with_suffix(extension).name, format="world file") from None
        if all(map(math.isfinite, (a, b, d, e, x, y))) and a * e != b * d:
            return Affine(a, b, x - (a + b) / 2, d, e, y - (d + e) / 2)
    return None


def _projection_beside(path: Path) -> str:
    text = (_text_beside(path, ".prj") or "").strip()
    return text if text.upper().startswith(WKT_STARTS) else ""


def _text_beside(path: Path, extension: str) -> str | None:
    for candidate in (path.with_suffix(extension), path.with_suffix(extension.upper())):
        if candidate.is_file() and candidate.stat().st_size <= LONGEST_SIDECAR:
            return candidate.read_text(encoding="utf-8", errors="replace")
    return None

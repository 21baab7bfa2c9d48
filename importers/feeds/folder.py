"""Take the newest file of a folder; a Shapefile with its parts, zipped."""

import fnmatch
import shutil
import time
import zipfile
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from importers.feeds.errors import FileTooLong, NothingInFolder
from importers.feeds.kinds import is_known
from importers.storable import storable

#: A file that was written to just now may not be complete.
QUIET_SECONDS = 5.0
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
#: The same parts make the same zip, and so the same checksum.
ALWAYS_THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def take_newest(folder: Path, into: Path, pattern: str = "") -> Path | None:
    """A copy of the newest file that can be imported (and that `pattern` allows); None while it is still being
    written. Links are not followed. Raises NothingInFolder, FileTooLong; OSError where the folder cannot be read."""
    found = [path for path in folder.iterdir() if _is_taken(path, pattern)]
    if not found:
        raise NothingInFolder(folder=folder)
    newest = max(found, key=lambda path: (path.stat().st_mtime, path.name))
    parts = _parts(newest)
    if any(time.time() - part.stat().st_mtime < QUIET_SECONDS for part in parts):
        return None
    if sum(part.stat().st_size for part in parts) > settings.IMPORT_MAX_BYTES:
        raise FileTooLong(limit=filesizeformat(settings.IMPORT_MAX_BYTES))
    if len(parts) > 1:
        return _zipped(parts, into / f"{storable(newest.stem)}.zip")
    return Path(shutil.copyfile(newest, into / storable(newest.name), follow_symlinks=False))


def _is_taken(path: Path, pattern: str) -> bool:
    is_plain = path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    return is_plain and is_known(path.name) and (not pattern or fnmatch.fnmatch(path.name, pattern))


def _parts(path: Path) -> list[Path]:
    if path.suffix.lower() != ".shp":
        return [path]
    beside = {other.name.lower(): other for other in path.parent.iterdir() if not other.is_symlink()}
    named = (f"{path.stem}{suffix}".lower() for suffix in PARTS)
    return [beside[name] for name in named if name in beside]


def _zipped(parts: list[Path], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part in parts:
            entry = zipfile.ZipInfo(storable(part.name), ALWAYS_THE_SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as inside, part.open("rb") as file:
                shutil.copyfileobj(file, inside)
    return target

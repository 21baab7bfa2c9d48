"""What is inside a zip, copied out with bounds, so that a small file can't fill the disk."""

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from importers.errors import ChooseLayerInside, FileTooLarge, NoSuchLayerInside, NothingInside, NotWhatItSays
from importers.sources.signatures import KNOWN, SHAPEFILE, ZIP

UNPACKED_LIMIT = 8 << 30
RATIO_LIMIT = 200
RATIO_MATTERS_FROM = 64 << 20
SHAPEFILE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def unpack(path: Path, folder: Path, wanted: str) -> Path:
    """Copy the data file (and the parts of a Shapefile) into `folder`; give its path. Names in the archive are
    used for nothing but their last part, links and nested archives are left alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            main = _choose(path, archive.infolist(), wanted)
            for member in _parts(archive.infolist(), main):
                _copy(archive, member, folder / PurePosixPath(member.filename).name, path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        # RuntimeError is how zipfile tells of a password; NotImplementedError of an odd compression.
        raise NotWhatItSays(file=path.name, format=ZIP.title) from error
    return folder / PurePosixPath(main.filename).name


def _choose(path: Path, members: list[zipfile.ZipInfo], wanted: str) -> zipfile.ZipInfo:
    extensions = {extension for known in KNOWN if known is not ZIP for extension in known.extensions} - {
        ".txt"
    }
    found = [member for member in members if _suffix(member) in extensions and not _hidden(member)]
    names = ", ".join(PurePosixPath(member.filename).stem for member in found)
    if not found:
        raise NothingInside(file=path.name)
    chosen = [member for member in found if PurePosixPath(member.filename).stem == wanted]
    if len(found) == 1:
        return found[0]
    if not wanted:
        raise ChooseLayerInside(file=path.name, layers=names)
    if not chosen:
        raise NoSuchLayerInside(file=path.name, layer=wanted, layers=names)
    return chosen[0]


def _parts(members: list[zipfile.ZipInfo], main: zipfile.ZipInfo) -> list[zipfile.ZipInfo]:
    if _suffix(main) not in SHAPEFILE.extensions:
        return [main]
    stem = PurePosixPath(main.filename).with_suffix("")
    return [
        member
        for member in members
        if _suffix(member) in SHAPEFILE_PARTS and PurePosixPath(member.filename).with_suffix("") == stem
    ]


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, path: Path) -> None:
    size = member.file_size
    bomb = size > RATIO_MATTERS_FROM and size > RATIO_LIMIT * max(member.compress_size, 1)
    if size > UNPACKED_LIMIT or bomb:
        raise FileTooLarge(file=path.name, limit=f"{UNPACKED_LIMIT >> 30} GB")
    # zipfile stops at the size the archive declares, so the copy is no longer than that.
    with archive.open(member) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 20)


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _hidden(member: zipfile.ZipInfo) -> bool:
    """Folders, and what programs keep for themselves (`__MACOSX`, names with a leading dot)."""
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__")) and part != ".." for part in parts)

"""What is inside a zip, copied out with bounds, so that a small file can't fill the disk."""

import errno
import shutil
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from importers.errors import ChooseLayerInside, FileTooLarge, NoSuchLayerInside, NothingInside, NotWhatItSays
from importers.sources.archive_names import Entry, entries_of, names_of
from importers.sources.refusals import Locked, NoRoom, ZipInZip
from importers.sources.signatures import KML, KMZ, KNOWN, SHAPEFILE, ZIP, Signature

UNPACKED_LIMIT = 8 << 30
RATIO_LIMIT = 200
RATIO_MATTERS_FROM = 64 << 20
# The list of entries is read into memory as a whole.
LIST_LIMIT = 16 << 20
ENCRYPTED = 0x1
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# NotImplementedError is how zipfile tells of an odd compression.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    LookupError,
    OSError,
    ValueError,
)
SHAPEFILE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


@dataclass(frozen=True)
class Unpacked:
    """The data set copied out; the layer to choose inside it; the names in the archive when it holds several."""

    path: Path
    source_layer: str
    chosen: str
    names: list[str]


def unpack(path: Path, folder: Path, wanted: str, kind: Signature = ZIP) -> Unpacked:
    """Copy one data set (all parts of a Shapefile, all files of a geodatabase) into `folder`. Names in the archive
    are used for nothing but their last part; links are left alone. `wanted`: a name in the archive, a layer inside
    its only data set, or both as name/layer."""
    _check_list(path, kind)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = entries_of(archive.infolist())
            found = _candidates(entries, kind)
            if not found:
                raise _nothing(path, entries)
            names = names_of(found)
            chosen, inside = _choose(path, names, wanted)
            main = found[names.index(chosen)]
            _copy(archive, _parts(entries, main), folder, path)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise NoRoom(file=path.name) from error
        raise NotWhatItSays(file=path.name, format=kind.title) from error
    return Unpacked(folder / main.path.name, inside, chosen, names if len(names) > 1 else [])


def _candidates(entries: Sequence[Entry], kind: Signature) -> list[Entry]:
    """The entries of a known kind; of a KMZ the document, wherever other ones lie."""
    if kind is KMZ:
        found = [entry for entry in entries if entry.suffix in KML.extensions]
        return sorted(found, key=lambda entry: (len(entry.path.parts), entry.path.name.lower() != "doc.kml"))[
            :1
        ]
    left_out = {*ZIP.extensions, ".txt"}
    known = {extension for known in KNOWN for extension in known.extensions} - left_out
    return [entry for entry in entries if entry.suffix in known]


def _nothing(path: Path, entries: Sequence[Entry]) -> NothingInside | ZipInZip:
    inner = [entry.path.name for entry in entries if entry.suffix in ZIP.extensions]
    return ZipInZip(file=path.name, inner=inner[0]) if inner else NothingInside(file=path.name)


def _choose(path: Path, names: list[str], wanted: str) -> tuple[str, str]:
    """The name in the archive, and the layer to choose inside."""
    if len(names) == 1:
        return names[0], wanted.removeprefix(f"{names[0]}/")
    if not wanted:
        raise ChooseLayerInside(file=path.name, layers=", ".join(names))
    if wanted in names:
        return wanted, ""
    for name in sorted(names, key=len, reverse=True):
        if wanted.startswith(f"{name}/"):
            return name, wanted.removeprefix(f"{name}/")
    raise NoSuchLayerInside(file=path.name, layer=wanted, layers=", ".join(names))


def _parts(entries: Sequence[Entry], main: Entry) -> dict[str, zipfile.ZipInfo]:
    """Where each file of a data set goes in the folder."""
    name = main.path.name
    if len(main.members) > 1 or main.suffix == ".gdb":
        return {f"{name}/{Path(member.filename).name}": member for member in main.members}
    if main.suffix not in SHAPEFILE.extensions:
        return {name: main.members[0]}
    stem = str(main.path.with_suffix("")).lower()
    return {
        main.path.stem + entry.path.suffix: entry.members[0]
        for entry in entries
        if entry.suffix in SHAPEFILE_PARTS and str(entry.path.with_suffix("")).lower() == stem
    }


def _copy(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], folder: Path, path: Path) -> None:
    _check_sizes(list(parts.values()), path)
    for name, member in parts.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        # zipfile stops at the size the archive declares, so the copy is no longer than that.
        with archive.open(member) as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)


def _check_sizes(members: list[zipfile.ZipInfo], path: Path) -> None:
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Locked(file=path.name)
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    bomb = size > RATIO_MATTERS_FROM and size > RATIO_LIMIT * max(packed, 1)
    if size > UNPACKED_LIMIT or bomb:
        raise FileTooLarge(file=path.name, limit=f"{UNPACKED_LIMIT >> 30} GB")


def _check_list(path: Path, kind: Signature) -> None:
    """Refuse a list of entries that is too long to hold, as its end record declares it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise NotWhatItSays(file=path.name, format=kind.title)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF and wide >= 0:
        size = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if size > LIST_LIMIT:
        raise FileTooLarge(file=path.name, limit=f"{UNPACKED_LIMIT >> 30} GB")

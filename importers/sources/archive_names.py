"""What the entries of a zip are called, read as the person who made it wrote it, and which of them hold layers."""

import stat
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

UTF8_NAME = 0x800
CATALOGUE = "a00000001.gdbtable"
# Greek capitals and small letters in cp737, the page that Windows uses for names in a zip.
GREEK_BYTES = set(range(0x80, 0xB0)) | set(range(0xE0, 0xEF))


@dataclass(frozen=True)
class Entry:
    """A file in a zip, or a folder that is one data set (`.gdb`) with all its files."""

    path: PurePosixPath
    members: tuple[zipfile.ZipInfo, ...]

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()


def entries_of(members: Sequence[zipfile.ZipInfo]) -> list[Entry]:
    """Everything but folders, links and what programs keep for themselves; a file geodatabase is one entry, also when
    its folder has another name or none."""
    paths = [(path, member) for member in members if not _hidden(member, path := path_of(member))]
    databases = {path.parent for path, _ in paths if path.name.lower() == CATALOGUE}
    found: dict[PurePosixPath, list[zipfile.ZipInfo]] = {}
    for path, member in paths:
        whole = _database(path.parent) if path.parent in databases else path
        found.setdefault(whole, []).append(member)
    return [Entry(path, tuple(inside)) for path, inside in found.items()]


def names_of(entries: Sequence[Entry]) -> list[str]:
    """A name for each: its own without the extension, as long as that tells them apart; else with its folders, else
    with the extension too."""
    for shortened in (_stem, _path_without_extension):
        names = [shortened(entry.path) for entry in entries]
        if len(set(names)) == len(names):
            return names
    taken = Counter(_path_without_extension(entry.path) for entry in entries)
    return [
        str(entry.path)
        if taken[_path_without_extension(entry.path)] > 1
        else _path_without_extension(entry.path)
        for entry in entries
    ]


def path_of(member: zipfile.ZipInfo) -> PurePosixPath:
    """The path of an entry. Names that are not marked as UTF-8 may be so all the same, or are in cp737."""
    name = member.filename
    if not member.flag_bits & UTF8_NAME and not name.isascii():
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            high = [byte for byte in raw if byte >= 0x80]
            name = raw.decode("cp737") if all(byte in GREEK_BYTES for byte in high) else name
    return PurePosixPath(name.replace("\\", "/"))


def _stem(path: PurePosixPath) -> str:
    return path.stem


def _path_without_extension(path: PurePosixPath) -> str:
    return str(path.with_suffix(""))


def _database(folder: PurePosixPath) -> PurePosixPath:
    return folder.with_suffix(".gdb") if folder.name else folder / "geodatabase.gdb"


def _hidden(member: zipfile.ZipInfo, path: PurePosixPath) -> bool:
    """Folders, links, and what programs keep for themselves (`__MACOSX`, names with a leading dot)."""
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    private = any(part.startswith((".", "__")) and part != ".." for part in path.parts)
    return member.is_dir() or is_link or private or not path.name

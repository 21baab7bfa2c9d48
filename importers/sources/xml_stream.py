"""XML read piece by piece: a DOCTYPE is refused, names lose their prefixes, memory is bounded."""

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from importers.encodings import named
from importers.errors import ImportRefused, NotWhatItSays, WrongEncoding
from importers.sources.refusals import HasDoctype, TooLongValue

PIECE = 1 << 20
LONGEST_VALUE = 128 << 20
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


class XmlStream:
    """Feeds one file to a parser. `format` is the title of what the file should be, `roots` the names its first element
    may have (any, when there are none), `encoding` what the person asked for, else blank."""

    def __init__(self, path: Path, format: str, roots: frozenset[str], encoding: str = "") -> None:
        self.path = path
        self.format = format
        self.encoding = named(encoding).name if encoding else ""
        self.bytes_read = 0
        self._roots = roots
        self._size = max(path.stat().st_size, 1)

    def check(self) -> None:
        """Read all of it: well formed, without a DOCTYPE, beginning as it should. Raises ImportRefused."""
        parser = self._parser()
        for _ in self.fed(parser):
            pass

    def read(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        data: Callable[[str], None],
    ) -> Iterator[None]:
        """Calls back for every tag and text of a file that was checked; yields after each piece."""
        parser = self._parser()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        # The first name was looked at by `check`.
        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        parser.EndElementHandler = lambda name: end(local(name))
        parser.CharacterDataHandler = data
        return self.fed(parser)

    def share_read(self) -> float:
        return min(self.bytes_read / self._size, 1.0)

    def fed(self, parser: expat.XMLParserType) -> Iterator[None]:
        self.bytes_read = 0
        with self.path.open("rb") as file:
            while True:
                piece = file.read(PIECE)
                self.bytes_read += len(piece)
                self._parse(parser, piece)
                if self.bytes_read - max(parser.CurrentByteIndex, 0) > LONGEST_VALUE:
                    raise TooLongValue(file=self.path.name, limit=f"{LONGEST_VALUE >> 20} MB")
                yield
                if not piece:
                    return

    def _parse(self, parser: expat.XMLParserType, piece: bytes) -> None:
        try:
            parser.Parse(piece, not piece)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> ImportRefused:
        invalid = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
        encoding = self.encoding or declared_encoding(self.path) or "utf-8"
        if isinstance(error, expat.ExpatError) and error.code == invalid and not self._decodes(encoding):
            return WrongEncoding(encoding=encoding, row=error.lineno)
        return NotWhatItSays(file=self.path.name, format=self.format)

    def _decodes(self, encoding: str) -> bool:
        """Whether all the bytes are text of the encoding."""
        try:
            with self.path.open(encoding=encoding) as text:
                while text.read(PIECE):
                    pass
        except (UnicodeError, LookupError):
            return False
        return True

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(self.encoding or None)
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype

        def first(name: str, attributes: dict[str, str]) -> None:
            if self._roots and local(name) not in self._roots:
                raise NotWhatItSays(file=self.path.name, format=self.format)
            parser.StartElementHandler = None

        parser.StartElementHandler = first
        return parser

    def _refuse_doctype(self, *_declared: object) -> None:
        raise HasDoctype(file=self.path.name)


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def declared_encoding(path: Path) -> str:
    """What the first bytes or the first line say, in small letters; blank when they say nothing."""
    with path.open("rb") as file:
        head = file.read(400)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = _DECLARED.search(head.replace(b"\0", b""))
    return found[1].decode("ascii").lower() if found else ""

"""GML through GDAL: looked over first, then opened where no other file lies beside it."""

import codecs
import tempfile
from pathlib import Path
from types import TracebackType

from importers.encodings import Encoding, named
from importers.errors import NotWhatItSays
from importers.sources.arrow import ArrowSource
from importers.sources.base import ReadOptions
from importers.sources.signatures import GML
from importers.sources.values import ColumnTypes
from importers.sources.xml_stream import PIECE, XmlStream, declared_encoding

NAMESPACE = b"opengis.net/gml"
HEAD = 1 << 16
# Formats that name other files or addresses, by which GDAL knows them wherever these stand in the head of a file.
OTHER_FORMATS = (b"<OGRVRT", b"<OGRWFS", b"<VRTDataset", b"gdal_streamed_alg", b"WFS_Capabilities", b"<WMS_")
# The corners of `gml:boundedBy`, which GDAL takes for fields.
BOUNDS = ("lowerCorner", "upperCorner")
# What GDAL's own parser reads.
READ_BY_GDAL = ("utf-8", "ascii", "iso8859-1")


class GmlSource(ArrowSource):
    """One layer of a GML file. GDAL would read a schema or a list of classes beside the file, and writes one; so it is
    given a folder with nothing but the file. Links to other elements or files are not followed, and texts become
    numbers only where no zero is lost."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        XmlStream(path, GML.title, frozenset(), options.encoding).check()
        # What the first line declares was good enough for the check.
        declared = codecs.lookup(declared_encoding(path) or "utf-8").name
        encoding = named(options.encoding).name if options.encoding else declared
        with path.open("rb") as file:
            head = file.read(HEAD).replace(b"\0", b"")
        if NAMESPACE not in head or any(mark in head for mark in OTHER_FORMATS):
            raise NotWhatItSays(file=path.name, format=GML.title)
        self._folder = tempfile.TemporaryDirectory(prefix="import-")
        alone = Path(self._folder.name) / "data.gml"
        if encoding in READ_BY_GDAL and not options.encoding:
            alone.symlink_to(path.absolute())
        else:
            _write_utf8(path, alone, encoding)
        super().__init__(path, GML, options, opened=alone, typed=_typed, left_out=BOUNDS)
        self.encoding = Encoding(encoding)

    def __enter__(self) -> "GmlSource":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()


def _typed(fields: list[str]) -> ColumnTypes:
    return ColumnTypes(fields, decimal_comma=False)


def _write_utf8(path: Path, target: Path, encoding: str) -> None:
    """The same text in UTF-8, the first line saying so."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)("replace")
    with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>')
        text = decoder.decode(file.read(PIECE))
        out.write(text.partition("?>")[2] if text.lstrip().startswith("<?xml") else text)
        while piece := file.read(PIECE):
            out.write(decoder.decode(piece))
        out.write(decoder.decode(b"", final=True))

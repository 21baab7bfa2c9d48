"""How the text of a file reads in each of the encodings that Greek files have, from the bytes themselves."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from importers.encodings import FOREIGN_TEXT, Encoding, recognised
from importers.evidence.text_bytes import pieces

CANDIDATES = ("utf-8", "cp1253", "iso8859-7", "cp737")
SAMPLES = 3
LONGEST_SAMPLE = 40
LONGEST_BYTES = 120
LOOKED_AT = 4000
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Where windows-1253 and ISO-8859-7 differ in text: Ά.
_TELLING = (0xA2, 0xB6)


class EncodingEvidence:
    """Reads the file once more, in pieces; a kind of file that names its encoding itself has no candidates."""

    def __init__(self, path: Path, chosen: Encoding | None) -> None:
        self._chosen = chosen
        self._fits = dict.fromkeys(self._names(), True)
        self._fragments: dict[bytes, None] = {}
        self._head = b""
        self._look(iter(()) if self._is_wide else pieces(path))

    @property
    def _is_wide(self) -> bool:
        """Two or four bytes a letter, which a file says by its first bytes: nothing else can be meant."""
        return self._chosen is not None and self._chosen.name.startswith(("utf-16", "utf-32"))

    def _names(self) -> list[str]:
        named = [self._chosen.name] if self._chosen is not None else []
        return list(dict.fromkeys([*CANDIDATES, *named]))

    def _look(self, parts: Iterator[bytes]) -> None:
        decoders = {name: codecs.getincrementaldecoder(name)() for name in self._fits}
        self.has_text = False
        for part in parts:
            self.has_text = True
            if part.isascii():
                continue
            self._head = self._head or part[_first_foreign(part) :]
            self._keep_fragments(part)
            for name, decoder in decoders.items():
                self._fits[name] = self._fits[name] and _decodes(decoder, part)

    def _keep_fragments(self, part: bytes) -> None:
        for found in FOREIGN_TEXT.finditer(part):
            if len(self._fragments) >= LOOKED_AT:
                return
            self._fragments[found[0].strip()[:LONGEST_BYTES]] = None

    @property
    def best(self) -> Encoding:
        """What the bytes look like, whatever the file says."""
        return recognised(self._head)

    def fits(self, name: str) -> bool:
        """Whether every text of the file decodes."""
        return self._fits.get(name, False)

    def shown(self) -> list[bytes]:
        """The same few texts for every candidate: those that tell the two Greek pages apart come first."""
        ranked = sorted(self._fragments, key=lambda text: not any(byte in text for byte in _TELLING))
        return ranked[:SAMPLES]

    def samples(self, name: str) -> list[str]:
        return [" ".join(text.decode(name, "replace").split())[:LONGEST_SAMPLE] for text in self.shown()]

    def greek_share(self, name: str) -> float:
        """Of the letters beyond ASCII, the share that are Greek when read so."""
        text = b" ".join(self._fragments).decode(name, "replace")
        foreign = len(_FOREIGN.findall(text))
        return round(len(_GREEK.findall(text)) / foreign, 3) if foreign else 0.0

    def as_json(self) -> dict[str, Any]:
        names = self._names() if self._fragments else []
        return {
            "chosen": self._chosen.name if self._chosen is not None else "",
            "guessed": self._chosen is not None and self._chosen.guessed,
            "best": self.best.name if self.has_text else "",
            "ascii_only": self.has_text and not self._fragments,
            "candidates": [
                {
                    "name": name,
                    "fits": self._fits[name],
                    "greek_share": self.greek_share(name),
                    "samples": self.samples(name),
                }
                for name in names
            ],
        }


def _decodes(decoder: codecs.IncrementalDecoder, part: bytes) -> bool:
    try:
        decoder.decode(part)
    except UnicodeDecodeError:
        return False
    return True


def _first_foreign(part: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", part)
    return found.start() if found else 0

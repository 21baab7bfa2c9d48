"""Text encodings of Greek files: what a `.cpg` says, and what the bytes themselves say when nothing does."""

import codecs
import re
from dataclasses import dataclass

from importers.errors import UnknownEncoding

SAMPLE_BYTES = 1 << 20
DEFAULT = "cp1253"
# A text with letters beyond ASCII, between what separates the cells of tables and the values of JSON.
FOREIGN_TEXT = re.compile(rb"[^\x00-\x1f\"<>,;|]*[\x80-\xff][^\x00-\x1f\"<>,;|]*")
_CODE_PAGE = re.compile(r"^(?:ansi|oem|windows|win|cp|ibm)?[ _-]*(\d{3,5})$")
_LATIN = re.compile(r"^(?:iso)?[ _-]*8859[ _-]*(\d{1,2})$")


@dataclass(frozen=True)
class Encoding:
    """A Python codec name; `guessed` when only the bytes told it, with a decoded sample."""

    name: str
    guessed: bool = False
    sample: str = ""


def named(text: str) -> Encoding:
    """The codec a person or a `.cpg` names (“1253”, “ANSI 1253”, “ISO 88597”); raises UnknownEncoding."""
    plain = text.strip().strip("\ufeff").lower()
    for pattern, form in ((_LATIN, "iso8859-{}"), (_CODE_PAGE, "cp{}")):
        match = pattern.match(plain)
        if match:
            plain = form.format(match[1])
            break
    if plain == "cp65001":
        plain = "utf-8"
    try:
        # Codecs that are no text, such as base64, refuse here.
        b"a".decode(plain)
        return Encoding(codecs.lookup(plain).name)
    except (LookupError, ValueError):
        raise UnknownEncoding(encoding=text) from None


def recognised(data: bytes) -> Encoding:
    """The encoding of bytes that nobody named; looks at the first `SAMPLE_BYTES`."""
    data = data[:SAMPLE_BYTES]
    if data.isascii():
        return Encoding("utf-8")
    if _is_utf8(data):
        return Encoding("utf-8")
    name = _greek_code_page(data)
    return Encoding(name, guessed=True, sample=_sample(data, name))


def _is_utf8(data: bytes) -> bool:
    """Strictly UTF-8, but for a character that the end of the sample may cut."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _greek_code_page(data: bytes) -> str:
    low = sum(0x80 <= byte <= 0xAF for byte in data)
    high = sum(0xC0 <= byte <= 0xFE for byte in data)
    if low > high:
        return "cp737"
    # The two Greek pages differ at Ά: B6 in ISO-8859-7, A2 in windows-1253.
    return "iso8859-7" if data.count(0xB6) > data.count(0xA2) else DEFAULT


def _sample(data: bytes, name: str) -> str:
    texts = [
        re.sub(r"\s+", " ", part.decode(name, "replace")).strip()[:40]
        for part in FOREIGN_TEXT.findall(data)[:3]
    ]
    return " · ".join(texts)

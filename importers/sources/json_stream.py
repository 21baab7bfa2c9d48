"""JSON read from a file piece by piece: objects one after another, the items of their long arrays one at a time."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

FIRST_PIECE = 1 << 20
LONGEST_VALUE = 256 << 20
RECORD_SEPARATOR = "\x1e"


class MalformedJson(ValueError):
    """The text is no JSON, stops before its end, or one value is longer than `LONGEST_VALUE` bytes."""


class JsonStream:
    """Walks over a top-level object: `member_names()`, and for each name either `value()` or `items()`."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.bytes_read = 0
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)()
        self._json = json.JSONDecoder(parse_constant=lambda _: None)
        self._text = ""
        self._at = 0
        self._ended = False

    def documents(self) -> Iterator[None]:
        """Stops before each value at the top level; they may be divided by blanks or by the record separator."""
        while True:
            self._skip_blanks()
            while self._next_is(RECORD_SEPARATOR):
                pass
            if self._at >= len(self._text):
                return
            yield

    def member_names(self) -> Iterator[str]:
        self._expect("{")
        if self._next_is("}"):
            return
        while True:
            name, _ = self.value()
            self._expect(":")
            if not isinstance(name, str):
                raise MalformedJson
            yield name
            if not self._next_is(","):
                break
        self._expect("}")

    def items(self) -> Iterator[tuple[Any, int]]:
        """Each item of an array and the length of its text."""
        self._expect("[")
        if self._next_is("]"):
            return
        while True:
            yield self.value()
            if not self._next_is(","):
                break
        self._expect("]")

    def value(self) -> tuple[Any, int]:
        """The next value and the length of its text."""
        self._skip_blanks()
        piece = FIRST_PIECE
        while True:
            parsed = self._parse()
            if parsed is not None:
                found, end = parsed
                length, self._at = end - self._at, end
                return found, length
            if len(self._text) - self._at > LONGEST_VALUE:
                raise MalformedJson
            self._read(piece)
            piece *= 2

    def _parse(self) -> tuple[Any, int] | None:
        """The value here and where it ends; None when the text read so far stops inside it."""
        try:
            found, end = self._json.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            if not self._may_go_on(error):
                raise MalformedJson from error
            return None
        except (RecursionError, ValueError) as error:
            # Nested too deeply, or a number of thousands of digits.
            raise MalformedJson from error
        # A number at the very end of the text may go on in the next piece.
        return (found, end) if end < len(self._text) or self._ended else None

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """True when the text only stops too early, as far as the error tells."""
        if self._ended:
            return False
        return error.msg.startswith("Unterminated") or error.pos >= len(self._text) - 16

    def _read(self, size: int) -> bool:
        """Drop what was used, append the next piece; False at the end of the file."""
        data = self._file.read(size)
        self.bytes_read += len(data)
        self._ended = not data
        self._text = self._text[self._at :] + self._decoder.decode(data, final=not data)
        self._at = 0
        return bool(data)

    def _skip_blanks(self) -> None:
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or self._ended or not self._read(FIRST_PIECE):
                return

    def _next_is(self, mark: str) -> bool:
        self._skip_blanks()
        if self._text[self._at : self._at + 1] != mark:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._next_is(mark):
            raise MalformedJson

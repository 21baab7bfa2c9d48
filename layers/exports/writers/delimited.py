"""CSV: commas, a decimal point, every digit; UTF-8 with the mark that spreadsheets look for, unless asked otherwise."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from layers.exports.export import Batch, Export
from layers.exports.order import UTF8
from layers.exports.writers.places import Places
from layers.exports.writers.shapefile import encoded
from layers.exports.writers.texts import text_of

# What a spreadsheet would run: a formula, not a telephone number (+30 2610…), a dash or a negative number.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s.,()/-]*\Z)|'+[=@\t\r+-]")


def write(export: Export, folder: Path) -> list[Path]:
    path = folder / f"{export.order.stem}.csv"
    with path.open("wb") as file:
        file.writelines(pieces(export))
    return [path]


def pieces(export: Export) -> Iterator[bytes]:
    """The header, then every batch. Raises TextDoesNotFit."""
    places = Places.of(export)
    encode = _encoder(export.order.encoding)
    names = [field.name for field in export.survey.fields]
    head = encode(_lines([[*names, *places.names]]), names)
    yield b"\xef\xbb\xbf" + head if export.order.encoding == UTF8 else head
    for batch in export.batches():
        yield encode(_lines(list(_rows(batch, places))), names)


def _rows(batch: Batch, places: Places) -> Iterator[list[str]]:
    columns = [[_cell(value) for value in values] for values in batch.columns]
    columns += [[_cell(value) for value in values] for values in places.columns(batch)]
    return map(list, zip(*columns, strict=True))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else text_of(value)


def guarded(text: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it, which says “text” there."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _lines(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _encoder(encoding: str) -> Callable[[str, list[str]], bytes]:
    def encode(text: str, names: list[str]) -> bytes:
        return encoded(text, encoding, ", ".join(names[:3]))

    return encode

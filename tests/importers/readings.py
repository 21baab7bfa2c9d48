"""Reading a file in a test: its batches, or the code of its refusal."""

from pathlib import Path
from typing import Any

import pytest

from importers.errors import ImportRefused
from importers.sources import ReadOptions, open_source
from importers.sources.base import Batch
from tests.importers.files import square, write


def read(path: Path, **options: Any) -> list[Batch]:
    with open_source(path, ReadOptions(**options)) as source:
        return list(source.batches())


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(path, **options)
    assert "%(" not in str(caught.value)
    return caught.value.code


def squares(path: Path, count: int = 3) -> Path:
    shapes = [square(200 * index, 0) for index in range(count)]
    return write(path, shapes, {"id": list(range(count))})

"""Small DXF drawings, made on the spot."""

from pathlib import Path
from typing import Any

import ezdxf.filemanagement

from importers.sources.base import Batch, ReadOptions
from importers.sources.dxf import DxfSource


def new_drawing(version: str = "R2010") -> Any:
    return ezdxf.filemanagement.new(version)


def saved(drawing: Any, path: Path, **options: str) -> Path:
    drawing.saveas(path, **options)
    return path


def drawn(path: Path, **options: Any) -> Batch:
    """The one batch of a small drawing."""
    (batch,) = DxfSource(path, ReadOptions(**options)).batches()
    return batch

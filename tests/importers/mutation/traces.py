"""What an import may leave behind by mistake: open files, temporary files, tables, a transaction."""

import os
import tempfile
from pathlib import Path

from django.db import connection

from layers.models import Feature, Layer

Held = tuple[int, int, int]


def held(slug: str) -> Held | None:
    """How many states the layer has, how many of them are current, and its revision; None without the layer."""
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        return None
    rows = Feature.objects.of_layer(layer.pk)
    return rows.as_known().count(), rows.count(), layer.revision


def traces(folder: Path) -> list[str]:
    """Everything that should not be there once an import of a file in `folder` is over."""
    return [*_open_files(folder), *_temporary_files(), *_tables(), *_transaction()]


def _open_files(folder: Path) -> list[str]:
    found = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(handle)
        except OSError:
            continue
        if target.startswith((str(folder), f"{tempfile.gettempdir()}/import-")):
            found.append(f"open file {Path(target).name}")
    return found


def _temporary_files() -> list[str]:
    return [f"temporary {path.name}" for path in Path(tempfile.gettempdir()).glob("import-*")]


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND (relnamespace = pg_my_temp_schema() OR relname LIKE '%%loading')"
        )
        return [f"table {name}" for (name,) in cursor.fetchall()]


def _transaction() -> list[str]:
    return ["a transaction"] if connection.in_atomic_block else []

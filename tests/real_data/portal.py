"""A portal of its own database and storage CRS, built by the real commands and asked in SQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

HERE = Path(__file__).parent


def shared(folder: str) -> Path:
    """A folder of the data that lies beside the checkout; the test is skipped without it."""
    path = Path(settings.SHARED_DATA_DIR) / folder
    if not path.is_dir():
        pytest.skip(f"no real data at {path}: set SHARED_DATA_DIR to the folder that holds it")
    return path


class Portal:
    """The database of one portal and the commands that fill it."""

    def __init__(self, name: str, srid: int) -> None:
        self.srid = srid
        address = settings.DATABASES["default"]
        self._connect = {
            "host": address["HOST"] or None,
            "port": address["PORT"] or None,
            "user": address["USER"] or None,
            "password": address["PASSWORD"] or None,
        }
        self.database = f"{address['NAME']}_{name}"

    def run(self, folder: Path, commands: str) -> None:
        """Run `manage.py` commands, one a line, in a new process; `data/…` is a file of the folder,
        `here/…` one beside this module."""
        lines = [_arguments(folder, line) for line in commands.strip().splitlines()]
        done = subprocess.run(
            [sys.executable, "-m", "tests.real_data.run_commands"],
            cwd=settings.BASE_DIR,
            env=self.environment(),
            input=json.dumps(lines),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def environment(self, var: Path | None = None) -> dict[str, str]:
        """Settings of a process that works in this portal; `var` is where it keeps its files."""
        own = {"STORAGE_SRID": str(self.srid), "DATABASE_URL": self._url()}
        return {**os.environ, **own, **({"GISPORTAL_VAR": str(var)} if var else {})}

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._connection(self.database) as connection, connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def value(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def findings(self, file_name: str) -> list[dict[str, Any]]:
        """What the first import of a file told."""
        sql = "SELECT findings FROM importers_importrun WHERE file_name = %s ORDER BY id LIMIT 1"
        found: list[dict[str, Any]] = self.value(sql, file_name)
        return found

    def counts(self, file_name: str) -> dict[str, int]:
        """The counts of the last import of a file, without the zeros."""
        sql = "SELECT counts FROM importers_importrun WHERE file_name = %s ORDER BY id DESC LIMIT 1"
        return {name: number for name, number in self.value(sql, file_name).items() if number}

    def create(self) -> None:
        self._administer(f'DROP DATABASE IF EXISTS "{self.database}"', f'CREATE DATABASE "{self.database}"')

    def drop(self) -> None:
        self._administer(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _administer(self, *statements: str) -> None:
        connection = psycopg2.connect(dbname="postgres", **self._connect)
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.close()

    @contextmanager
    def _connection(self, name: str) -> Iterator[Any]:
        connection = psycopg2.connect(dbname=name, **self._connect)
        try:
            yield connection
        finally:
            connection.close()

    def _url(self) -> str:
        return os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0] + f"/{self.database}"


def _arguments(folder: Path, line: str) -> list[str]:
    """A line of words; `data/…` is in the folder, `here/…` beside this module."""
    places = {"data": folder, "here": HERE}
    words = [word.partition("/") for word in line.split()]
    return [
        str(places[head] / tail) if slash and head in places else head + slash + tail
        for head, slash, tail in words
    ]


@contextmanager
def portal(name: str, srid: int) -> Iterator[Portal]:
    """A migrated portal that is gone afterwards."""
    built = Portal(name, srid)
    built.create()
    try:
        built.run(HERE, "migrate --verbosity 0")
        yield built
    finally:
        built.drop()

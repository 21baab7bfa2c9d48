"""An import that is killed, or runs out of disk, leaves everything as it was and nobody waiting."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from django.conf import settings
from django.db import connection

from importers.actions.layer import LayerOrder, import_layer
from importers.models import ImportRun, ImportState
from tests.factories import build_town
from tests.importers.mutation.traces import held
from tests.issues.crash import environment

KILLS = int(os.environ.get("IMPORT_KILLS", "10"))
SEED = int(os.environ.get("CRASH_SEED", "20260101"))
ROWS = 20_000
PATIENCE_SECONDS = 30
SMALL_DISK = "24m"
NAME = "import that will be killed"

pytestmark = pytest.mark.django_db(transaction=True)


def parcels(path: Path, rows: int = ROWS, floors: int = 1) -> Path:
    number = np.arange(rows)
    west, south = 300_000 + (number % 200) * 30.0, 4_230_000 + (number // 200) * 25.0
    data = {
        "kaek": [f"{one:012d}" for one in number],
        "floors": np.full(rows, floors),
        "text": ["Άγιος " * 20] * rows,
    }
    shapes = shapely.box(west, south, west + 20, south + 20)
    pyogrio.write_dataframe(geopandas.GeoDataFrame(data, geometry=shapes, crs=2100), path)
    return path


def start(path: Path, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "import_layer", str(path), "--layer", "parcels", "--key", "kaek"]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def wait_until_gone() -> None:
    """PostgreSQL notices that its client is gone when it next speaks to it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [NAME])
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError(f"a killed import is still at work after {PATIENCE_SECONDS} s")


def left_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE '%%loading' OR relname LIKE 'staged%%' OR relname LIKE"
            " '%%verdicts'"
        )
        return [name for (name,) in cursor.fetchall()]


def import_here(path: Path) -> None:
    import_layer(LayerOrder(path, "parcels", "kaek"))


def test_a_killed_import_leaves_everything_as_it_was(tmp_path: Path) -> None:
    build_town()
    first, second = parcels(tmp_path / "one.gpkg"), parcels(tmp_path / "two.gpkg", floors=2)
    env = {**environment(tmp_path / "var"), "PGAPPNAME": NAME}
    started = time.monotonic()
    whole = start(first, env)
    assert whole.wait() == 0
    takes = time.monotonic() - started
    random, killed = Random(SEED), 0
    for _ in range(KILLS):
        before = held("parcels"), ImportRun.objects.count()
        child = start(second, env)
        time.sleep(random.uniform(0.4 * takes, 1.1 * takes))
        ended = child.poll()
        child.kill()
        child.communicate()
        wait_until_gone()
        assert left_tables() == []
        if ended is None and (held("parcels"), ImportRun.objects.count()) == before:
            killed += 1
        else:
            # It was over when it was killed: then all of it is there, and the other file is next.
            assert ImportRun.objects.latest("pk").state == ImportState.DONE
            first, second = second, first
    import_here(first)
    import_here(second)
    assert ImportRun.objects.latest("pk").counts["changed"] == ROWS
    assert killed > KILLS / 3


def test_a_killed_first_import_leaves_no_layer(tmp_path: Path) -> None:
    build_town()
    path, env = parcels(tmp_path / "one.gpkg"), {**environment(tmp_path / "var"), "PGAPPNAME": NAME}
    child = start(path, env)
    wait_for_backend()
    child.kill()
    child.communicate()
    wait_until_gone()
    assert held("parcels") is None
    assert left_tables() == []
    import_here(path)
    assert held("parcels") == (ROWS, ROWS, 2)


def wait_for_backend() -> None:
    """Until the import is inside its transaction and writing."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND query LIKE 'COPY%%'",
                [NAME],
            )
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)
    raise AssertionError("the import never began to write")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB that PostgreSQL may write to; needs the rights to mount one."""
    folder = Path("/dev/shm") / f"gisportal-small-{os.getpid()}"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    try:
        if mounted.returncode:
            pytest.skip("no right to mount a small file system")
        folder.chmod(0o777)
        yield folder
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_tablespace(small_disk: Path) -> Iterator[str]:
    """A tablespace on the small disk, for a server on this machine whose files belong to `postgres`."""
    if connection.settings_dict["HOST"] not in {
        "",
        "127.0.0.1",
        "localhost",
    } and not connection.settings_dict["HOST"].startswith("/"):
        pytest.skip("the database server is on another machine")
    inside = small_disk / "space"
    inside.mkdir()
    try:
        shutil.chown(inside, "postgres", "postgres")
    except (LookupError, PermissionError):
        pytest.skip("the files of the database server belong to somebody else")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small_disk LOCATION '{inside}'")
    yield "small_disk"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLESPACE small_disk")


def test_a_full_disk_undoes_an_import_and_blocks_nothing(tmp_path: Path, small_tablespace: str) -> None:
    build_town()
    few, many = parcels(tmp_path / "few.gpkg", 50), parcels(tmp_path / "many.gpkg", 60_000)
    import_here(few)
    before = held("parcels")
    options = f"-c default_tablespace={small_tablespace} -c temp_tablespaces={small_tablespace}"
    child = start(many, {**environment(tmp_path / "var"), "PGOPTIONS": options, "LANGUAGE": "en"})
    _, said = child.communicate(timeout=120)
    assert child.returncode == 1, said
    assert "Traceback" not in said.decode()
    assert held("parcels") == before
    assert left_tables() == []
    assert ImportRun.objects.latest("pk").findings[-1]["code"] == "database_full"
    import_here(parcels(tmp_path / "again.gpkg", 50, floors=3))
    assert ImportRun.objects.latest("pk").counts["changed"] == 50


def test_no_room_to_unpack_is_said(tmp_path: Path, small_disk: Path) -> None:
    build_town()
    path = parcels(tmp_path / "one.gpkg", 60_000)
    packed = tmp_path / "one.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    assert path.stat().st_size > 24 << 20
    child = start(packed, {**environment(tmp_path / "var"), "TMPDIR": str(small_disk)})
    _, said = child.communicate(timeout=120)
    assert child.returncode == 1, said
    assert "Traceback" not in said.decode()
    assert ImportRun.objects.latest("pk").findings[-1]["code"] == "no_room"
    assert held("parcels") is None
    with suppress(FileNotFoundError):
        assert not list(small_disk.iterdir())

"""Checkers of others: the abstract tests of OGC API Features Part 1 in ogctests, and schemathesis over the API."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.factories import IssueFactory, Town
from tests.ogc.asking import parcels

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = Path(settings.VAR_DIR) / "apart" / "clients" / "bin" / "python"

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
# Of the many collections alike one is asked, and everything that is there once.
PATHS = ("^/(?!collections/)", "^/collections/parcels")


@pytest.fixture
def address(live_server: LiveServer, town: Town) -> str:
    parcels(5)
    # They ask that no collection is empty.
    IssueFactory.create()
    IssueFactory.resolved()
    return f"{live_server.url}/ogc/"


@pytest.mark.skipif(not CLIENTS.exists(), reason="ogctests is not installed; script/test does it")
def test_ogctests_finds_nothing(address: str) -> None:
    code = f"""
import sys, httpx
from ogctests.main import run_ogctests
client = httpx.Client(base_url={address!r}, timeout=60)
sys.exit(run_ogctests("features/core", {address!r}, ["-q"], client))
"""
    told = subprocess.run(
        [str(CLIENTS), "-c", code], capture_output=True, text=True, check=False, timeout=300
    )
    assert told.returncode == 0, told.stdout[-5000:] + told.stderr[-2000:]
    assert " passed" in told.stdout
    assert "skipped" not in told.stdout


def test_schemathesis_finds_no_error_and_no_answer_that_is_not_described(
    address: str, tmp_path: Path
) -> None:
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{address}api?f=json"]
    command += ["--checks", ",".join(CHECKS), "--phases", "examples,fuzzing", "--max-examples", "6"]
    command += [
        "--include-method",
        "GET",
        "--include-path-regex",
        "|".join(PATHS),
        "--seed",
        "1",
        "--no-color",
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=tmp_path)
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr[-2000:]

"""Every file of the shared data is imported as GDAL reads it, or refused in a sentence; the page tells which."""

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.real_data.import_report.files import Case, cases
from tests.real_data.import_report.page import page
from tests.real_data.portal import portal, shared

PAGE = Path(settings.BASE_DIR) / "docs" / "import-report.md"
pytestmark = [pytest.mark.real_data]
# Where we say something else than GDAL, and why.
KNOWN_DIFFERENCES: dict[str, str] = {
    "nasty/gdal/geojson/ogr_geojson_14.geojson": "GDAL leaves out blanks among coordinates; we refuse such a row",
    "nasty/gdal/kml/samples.kml": "GDAL makes a row of a picture laid over the ground",
    "nasty/fiona/multicurve.gml": "arcs become straight pieces at other points, and a number is a number to us",
    "nasty/kml/non_gx_multitrack.kml": "GDAL loses a placemark that stands outside a document",
    "nasty/kml/twopoints.kml": "GDAL loses a placemark that stands outside a document",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What became of every file, in order of their names."""
    folder = shared(".")
    lines: list[dict[str, Any]] = []
    by_srid = sorted(cases(folder), key=lambda case: case.srid)
    for srid, group in groupby(by_srid, key=lambda case: case.srid):
        with portal(f"report{srid}", srid) as built:
            lines += _imported(folder, list(group), built.environment(tmp_path_factory.mktemp("var")))
    return sorted(lines, key=lambda line: (line["name"], line.get("layer", "")))


def _imported(folder: Path, group: list[Case], environment: dict[str, str]) -> list[dict[str, Any]]:
    asked = [
        {"name": case.name, "srid": case.srid, "said": case.said, "raster": case.is_raster} for case in group
    ]
    child = subprocess.run(
        [sys.executable, "-m", "tests.real_data.import_report.child", str(folder)],
        cwd=settings.BASE_DIR,
        env=environment,
        input=json.dumps(asked),
        capture_output=True,
        check=False,
        text=True,
    )
    lines: list[dict[str, Any]] = [json.loads(line) for line in child.stdout.splitlines()]
    assert child.returncode == 0, f"after {lines[-1]['name'] if lines else 'nothing'}: {child.stderr[-3000:]}"
    return lines


def test_every_file_has_its_line(told: list[dict[str, Any]]) -> None:
    names = {line["name"] for line in told}
    assert names == {case.name for case in cases(shared("."))}


def test_what_is_imported_is_what_gdal_reads(told: list[dict[str, Any]]) -> None:
    unlike = {
        f"{line['name']} {line.get('layer', '')}".strip(): line["differs"]
        for line in told
        if line.get("differs")
    }
    assert {name: differs for name, differs in unlike.items() if name not in KNOWN_DIFFERENCES} == {}
    assert set(KNOWN_DIFFERENCES) <= set(unlike)


def test_a_refusal_says_what_to_do(told: list[dict[str, Any]]) -> None:
    for line in told:
        if "refused" in line:
            assert len(line["refused"]) > 40, line
            assert line["refused"].rstrip().endswith((".", "”")), line


def test_the_page_is_up_to_date(told: list[dict[str, Any]]) -> None:
    text = page(told)
    if os.environ.get("WRITE_IMPORT_REPORT"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text

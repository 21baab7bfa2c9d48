"""Programs of others change features here."""

import json
import os
import subprocess

import pytest
from django.conf import settings
from owslib.ogcapi.features import Features  # type: ignore[import-untyped]
from owslib.util import Authentication  # type: ignore[import-untyped]
from pytest_django.live_server_helper import LiveServer

from layers.models import Feature, Revision
from tests.factories import Town
from tests.ogc.writing import FIRST, PASSWORD, SECOND, feature, new, planner_of, plots

pytestmark = pytest.mark.django_db(transaction=True)
DEBIAN_PYTHON = "/usr/bin/python3"  # QGIS' Python classes belong to the system's Python.
SCRIPT = settings.BASE_DIR / "docs" / "qgis" / "edit_layer.py"


@pytest.fixture
def address(live_server: LiveServer, town: Town) -> str:
    planner_of(town)
    plots()
    return str(live_server.url)


def test_owslib_creates_replaces_and_deletes(address: str) -> None:
    kind = {"Content-Type": "application/geo+json"}
    api = Features(f"{address}/ogc/", auth=Authentication("petra@example.gr", PASSWORD), headers=dict(kind))
    assert api.collection_item_create("plots", json.dumps(new(floors=3)))
    assert api.response_headers["Location"].endswith("/items/061870000003")
    assert api.collection_item("plots", "061870000003")["properties"]["floors"] == 3
    assert api.collection_item_update("plots", FIRST, json.dumps(feature(use="park")))
    assert api.collection_item("plots", FIRST)["properties"]["use"] == "park"
    assert api.collection_item_delete("plots", SECOND)
    keys = [one["id"] for one in api.collection_items("plots")["features"]]
    assert set(keys) == {"061870000003", FIRST}
    assert Revision.objects.count() == 3


def test_owslib_is_told_why_it_may_not(address: str) -> None:
    api = Features(f"{address}/ogc/", headers={"Content-Type": "application/geo+json"})
    with pytest.raises(RuntimeError, match="sign_in_needed"):
        api.collection_item_create("plots", json.dumps(new()))


def has_qgis() -> bool:
    ask = [DEBIAN_PYTHON, "-c", "import qgis.core"]
    return (
        os.path.exists(DEBIAN_PYTHON)
        and subprocess.run(ask, capture_output=True, check=False).returncode == 0
    )


def test_qgis_lists_reads_filters_and_edits(address: str) -> None:
    """The script of docs/qgis, whose output is shown there."""
    if not has_qgis():
        pytest.skip("no QGIS on this machine: install python3-qgis and qgis-providers")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("OGR_SKIP", "PYTHONPATH", "VIRTUAL_ENV")
    }
    told = subprocess.run(
        [DEBIAN_PYTHON, str(SCRIPT), address, "plots", "petra@example.gr"],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env={**environment, "QT_QPA_PLATFORM": "offscreen", "PORTAL_PASSWORD": PASSWORD},
    )
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    for line in (
        "Features in the layer: 2 · first three: ['061870000001', '061870000002']",
        "Features with id = '061870000001': 1",
        "PATCH use: 204 · a new ETag: True",
        "The same for the old state: 412 changed_meanwhile",
        "Read again: housing (QGIS)",
        "Changed back: 204",
        "POST: 201 collections/plots/items/999999999999",
        "QGIS sees it: True",
        "DELETE: 204",
        "Gone: 404",
    ):
        assert line in lines, told.stdout
    assert Revision.objects.filter(reason="QGIS").count() == 4
    assert {one.properties["use"] for one in Feature.objects.current()} == {"housing"}

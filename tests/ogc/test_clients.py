"""Programs of others read what is served here."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import geopandas
import pytest
from django.conf import settings
from openapi_spec_validator import validate
from owslib.ogcapi.features import Features  # type: ignore[import-untyped]
from pytest_django.live_server_helper import LiveServer

from tests.factories import Town
from tests.ogc.asking import get, parcels

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server: LiveServer, town: Town) -> str:
    parcels(5)
    return f"{live_server.url}/ogc/"


def outside() -> dict[str, str]:
    """The environment of a program that is not ours: the importers forbid GDAL its network drivers."""
    return {name: value for name, value in os.environ.items() if name != "OGR_SKIP"}


def read(address: str, **options: Any) -> Any:
    """The rows that pyogrio's GDAL gets, in a process of its own."""
    code = f"""
import pyogrio
rows = pyogrio.read_dataframe({f"OAPIF:{address}"!r}, layer="parcels", **{options!r})
print(rows.to_json(drop_id=True), "|", rows.crs.to_epsg())
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=outside()
    )
    assert told.returncode == 0, told.stderr
    text, _bar, code = told.stdout.rpartition("|")
    features = json.loads(text)["features"]
    return geopandas.GeoDataFrame.from_features(features, crs=int(code)) if features else []


def test_the_description_is_openapi(town: Town) -> None:
    parcels()
    validate(get("/ogc/api"))


def test_owslib_lists_reads_and_filters(address: str) -> None:
    api = Features(address)
    assert "parcels" in api.feature_collections()
    assert api.collection("parcels")["itemType"] == "feature"
    assert "floors" in api.collection_queryables("parcels")["properties"]
    found = api.collection_items("parcels", limit=2, filter="floors >= 2")
    assert [one["id"] for one in found["features"]] == ["P2", "P3"]
    assert found["numberMatched"] == 4
    assert api.collection_item("parcels", "P4")["properties"]["floors"] == 4


def test_gdal_reads_pages_fields_and_systems(address: str) -> None:
    rows = read(address, PAGE_SIZE=2)
    assert list(rows["id"]) == ["P1", "P2", "P3", "P4", "P5"]
    assert list(rows["floors"]) == [1, 2, 3, 4, 5]
    stored = read(address, CRS=f"EPSG:{settings.STORAGE_SRID}")
    assert stored.crs.to_epsg() == settings.STORAGE_SRID
    assert stored.geometry.area.round(6).tolist() == [10_000.0] * 5
    moved = rows.to_crs(settings.STORAGE_SRID)
    assert moved.geometry.centroid.distance(stored.geometry.centroid).max() < 0.01


def test_gdal_filters_at_the_server(address: str) -> None:
    rows = read(address)
    assert list(read(address, where="floors = 2 AND built = 0")["id"]) == ["P2"]
    assert list(read(address, where="name = 'Parcel 3'")["id"]) == ["P3"]
    west, south, east, north = rows.geometry.iloc[3].bounds
    assert list(read(address, bbox=(west, south, east, north))["id"]) == ["P4"]


def test_debian_gdal_lists_and_reads(address: str) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("no ogrinfo on this machine: install gdal-bin")
    told = subprocess.run(
        [ogrinfo, "-al", "-where", "floors >= 4", f"OAPIF:{address}", "parcels"],
        capture_output=True,
        text=True,
        check=False,
        env=outside(),
    )
    assert told.returncode == 0, told.stderr
    assert "Feature Count: 2" in told.stdout
    assert "name (String) = Parcel 5" in told.stdout

"""`/export/<slug>/`: who gets what, what is refused and how, and that no half file is ever sent."""

import io
import json
import zipfile
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from psycopg2.errors import QueryCanceled

from accounts.models import User
from core.geo import to_lonlat
from core.time import from_now_on
from layers.actions import FeatureState, write_features
from layers.exports import export as exports
from layers.exports import package
from layers.models import Layer
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, box
from tests.layers.exporting import KEY, ROWS, parcels

pytestmark = pytest.mark.django_db
FORMATS = ("gpkg", "shp", "geojson", "fgb", "kml", "csv", "xlsx", "parquet", "dxf")


@pytest.fixture
def layer() -> Layer:
    return parcels()


def body(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def features(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, body(response)
    return list(json.loads(body(response))["features"])


def keys(response: Any) -> set[str]:
    return {feature["properties"][KEY] for feature in features(response)}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_file_with_its_name(layer: Layer, name: str) -> None:
    response = Client().get("/export/parcels/", {"format": name, "archive": "1"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="parcels.zip"'
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        assert f"parcels.{name}" in archive.namelist()
        assert "README.txt" in archive.namelist()


@pytest.mark.parametrize(("name", "kind"), [("geojson", "application/geo+json"), ("csv", "text/csv")])
def test_text_is_sent_while_it_is_made(layer: Layer, name: str, kind: str) -> None:
    response = Client().get("/export/parcels/", {"format": name})
    assert response.streaming
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="parcels.{name}"'
    assert "050120301001" in body(response).decode()


def test_head_tells_without_making_anything(layer: Layer) -> None:
    response = Client().head("/export/parcels/", {"format": "gpkg"})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/zip")
    assert response.content == b""


def test_the_readme_says_what_is_inside_in_both_languages(layer: Layer) -> None:
    response = Client().get("/export/parcels/", {"format": "gpkg", "crs": "crs84"})
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        text = archive.read("README.txt").decode("utf-8-sig")
    for fact in ("CC BY 4.0", "Κτηματολόγιο", "Rows: 3", "kaek · kaek-τίτλος", "kaek · kaek title", "WGS 84"):
        assert fact in text
    assert "by this an import knows the row again" in text
    assert "good to 1 metre" in text
    assert f"Revision: {layer.revision}" in text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"format": "pigeon"}, "unknown_export_format"),
        ({"crs": "32634"}, "unknown_export_crs"),
        ({"format": "kml", "crs": "3857"}, "format_has_one_crs"),
        ({"format": "shp", "encoding": "klingon"}, "unknown_export_encoding"),
        ({"format": "gpkg", "encoding": "cp1253"}, "format_is_unicode"),
        ({"bbox": "1,2,3"}, "bad_bbox"),
        ({"bbox": "22,38,21,39"}, "bad_bbox"),
        ({"bbox": "a,b,c,d"}, "bad_bbox"),
        ({"bbox": "nan,38,22,39"}, "bad_bbox"),
        ({"valid": "yesterday"}, "bad_moment"),
        ({"known": "2024-13-01"}, "bad_moment"),
    ],
)
def test_what_cannot_be_is_refused_with_the_choices(layer: Layer, asked: dict[str, str], code: str) -> None:
    response = Client().get("/export/parcels/", asked, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_the_refusal_names_the_formats(layer: Layer) -> None:
    response = Client().get("/export/parcels/", {"format": "x"}, headers={"Accept": "application/json"})
    assert all(name in response.json()["message"] for name in FORMATS)


def test_letters_that_do_not_fit_are_a_sentence_and_no_file(layer: Layer) -> None:
    FeatureFactory.create(layer=layer, key="zh", properties={KEY: "zh", "name": "街道"})
    response = Client().get("/export/parcels/", {"format": "csv", "encoding": "cp1253"})
    assert response.status_code == 400
    assert "Content-Disposition" not in response.headers


def test_a_box_takes_what_touches_it(layer: Layer) -> None:
    west, south, east, north = to_lonlat(box(95, 95, 150, 150)).extent
    response = Client().get(
        "/export/parcels/", {"format": "geojson", "bbox": f"{west},{south},{east},{north}"}
    )
    assert keys(response) == {"050120301002"}


def test_the_past_is_exported_as_it_held_and_as_it_was_known(town: Town) -> None:
    layer = LayerFactory.create(slug="zones", key_field=KEY)
    first, second = _athens(2020, 1, 1), _athens(2024, 3, 1)
    for moment, name in ((first, "παλιά"), (second, "νέα")):
        states = [FeatureState("a", {KEY: "a", "name": name}, box(0, 0, 10, 10))]
        write_features(layer=layer, states=states, valid_from=moment, recorded_at=moment)

    def name_on(**asked: str) -> list[str]:
        answer = Client().get("/export/zones/", {"format": "geojson", **asked})
        return [feature["properties"]["name"] for feature in features(answer)]

    assert name_on() == ["νέα"]
    assert name_on(valid="2024-02-29") == ["παλιά"]
    assert name_on(valid="2024-03-01") == ["νέα"]
    assert name_on(valid="2024-03-01", known="2024-02-28") == ["παλιά"]
    assert name_on(valid="2019-01-01") == []


def _athens(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day))  # noqa: DTZ001


def test_what_keeps_no_past_says_so(town: Town) -> None:
    response = Client().get(
        "/export/issues/", {"valid": "2024-01-01"}, headers={"Accept": "application/json"}
    )
    assert response.json()["code"] == "no_past_here"


def test_a_layer_for_staff_is_not_there_for_others(
    town: Town, alice: User, bea: User, sign_in: SignIn
) -> None:
    parcels(visibility="staff")
    assert Client().get("/export/parcels/").status_code == 404
    assert sign_in(alice).get("/export/parcels/").status_code == 404
    assert keys(sign_in(bea).get("/export/parcels/", {"format": "geojson"})) == set(ROWS)


def test_nobody_may_keep_what_one_reader_got(layer: Layer) -> None:
    assert "no-store" in Client().get("/export/parcels/", {"format": "csv"}).headers["Cache-Control"]


def test_strangers_are_held_back_after_many(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("layers.views.export"), "EXPORTS_PER_HOUR", 2)
    statuses = [Client().get("/export/parcels/", {"format": "csv"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize("asked", [{"format": "csv"}, {"format": "geojson"}, {"format": "gpkg"}])
def test_a_database_that_takes_too_long_is_told_before_a_byte_is_sent(
    layer: Layer, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(self: object) -> Any:
        raise OperationalError from QueryCanceled()

    monkeypatch.setattr(exports.Export, "_chunks", stuck)
    response = Client().get("/export/parcels/", asked)
    assert response.status_code == 503
    assert "Content-Disposition" not in response.headers


def test_a_reader_who_goes_away_leaves_no_transaction(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "READ_AHEAD", 1)
    depth = len(connection.savepoint_ids)
    response = Client().get("/export/parcels/", {"format": "csv"})
    assert len(connection.savepoint_ids) > depth
    next(iter(response))
    response.close()
    assert len(connection.savepoint_ids) == depth


def test_an_empty_layer_is_an_empty_file(db: None) -> None:
    LayerFactory.create(slug="empty")
    for name in FORMATS:
        response = Client().get("/export/empty/", {"format": name, "archive": "1"})
        assert response.status_code == 200, name
        assert zipfile.ZipFile(io.BytesIO(body(response))).testzip() is None


def test_states_that_are_over_stay_out(layer: Layer) -> None:
    over = from_now_on()
    FeatureFactory.create(
        layer=layer, key="over", properties={KEY: "over"}, recorded=type(over)(over.lower, over.lower, "[]")
    )
    assert keys(Client().get("/export/parcels/", {"format": "geojson"})) == set(ROWS)


def test_the_page_of_downloads_leads_to_the_past_of_a_layer(layer: Layer) -> None:
    assert 'href="/layers/parcels/"' in Client().get("/data/").content.decode()

"""Whatever a file refers to, only the file itself is opened; what would run or unfold is refused."""

import sqlite3
from pathlib import Path

import pytest
import shapely

from importers.sources import xml_stream
from importers.sources.gdal_library import pyogrio
from tests.importers.files import write
from tests.importers.readings import read, refusal, squares
from tests.importers.watching import watched

GML_HEAD = (
    '<f:FeatureCollection xmlns:f="http://example.org/f" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
POINT = '<gml:Point gml:id="p{n}" srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>38 21</gml:pos></gml:Point>'
VRT_LAYER = "<OGRVRTLayer name='marker'><SrcDataSource>{marker}</SrcDataSource></OGRVRTLayer>"
THING = (
    '<f:member><f:thing gml:id="t{n}"><f:place>{point}</f:place><f:code>00{n}</f:code></f:thing></f:member>'
)
ROOTS = {"a.kml": "kml", "a.gpx": "gpx", "a.gml": "FeatureCollection"}


def test_the_watch_sees_an_opening(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    marker.write_text("secret")
    with watched(marker) as watch:
        assert not watch.was_opened()
        marker.read_text()
        assert watch.was_opened()


def test_links_and_schemas_of_gml_are_not_followed(tmp_path: Path) -> None:
    for name in ("secret.gml", "secret.xsd", "a.gfs", "a.xsd", "a.resolved.gml"):
        (tmp_path / name).write_text(_gml("", 1))
    path = tmp_path / "a.gml"
    link = f'<f:thing gml:id="t"><f:place xlink:href="file://{tmp_path}/secret.gml#p0"/><f:code>007</f:code></f:thing>'
    path.write_text(_gml(f'xsi:schemaLocation="http://example.org/f {tmp_path}/secret.xsd"', 1, link))
    before = sorted(tmp_path.iterdir())
    markers = [part for part in before if part != path]
    with watched(*markers) as watch:
        (batch,) = read(path)
        assert not watch.was_opened()
    assert [shape is None for shape in batch.geometries] == [False, True]
    assert batch.records[1]["code"] == "007"
    assert sorted(tmp_path.iterdir()) == before, "and nothing is written beside it"


def test_links_of_kml_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.kml"
    placemark = "<Placemark><name>secret</name><Point><coordinates>1,2</coordinates></Point></Placemark>"
    secret.write_text(f"<kml><Document>{placemark}</Document></kml>")
    link = f"<NetworkLink><Link><href>{secret}</href></Link></NetworkLink>"
    path = tmp_path / "a.kml"
    path.write_text(f"<kml><Document>{link}</Document></kml>")
    with watched(secret) as watch:
        assert refusal(path) == "links_elsewhere"
        own = placemark.replace("secret", "own")
        path.write_text(
            f"<kml><Document>{link}{own}<Style><IconStyle><Icon><href>{secret}</href></Icon></IconStyle></Style>"
            f"<Schema id='s'/></Document></kml>"
        )
        (batch,) = read(path)
        assert not watch.was_opened()
    assert [record["name"] for record in batch.records] == ["own"]


@pytest.mark.parametrize("name", ROOTS)
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file://{marker}">]>',
        '<!DOCTYPE x SYSTEM "{marker}">',
        "<!DOCTYPE x>",
    ],
)
def test_a_doctype_is_refused(tmp_path: Path, name: str, declared: str) -> None:
    marker = tmp_path / "marker"
    marker.write_text("<!ENTITY a 'secret'>")
    path = tmp_path / name
    path.write_text(
        f"<?xml version='1.0'?>{declared.format(marker=marker)}<{ROOTS[name]}>&b;&a;</{ROOTS[name]}>"
    )
    with watched(marker) as watch:
        assert refusal(path) == "has_doctype"
        assert not watch.was_opened()


@pytest.mark.parametrize("name", ROOTS)
def test_a_doctype_behind_other_bytes_is_refused(tmp_path: Path, name: str) -> None:
    text = f"<!-- {'x' * 300_000} --><!DOCTYPE x [<!ENTITY a 'b'>]><{ROOTS[name]}/>"
    path = tmp_path / name
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text(text, encoding=encoding)
        assert refusal(path) == "has_doctype"


@pytest.mark.parametrize("name", ROOTS)
def test_a_value_without_end_is_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_stream, "PIECE", 1 << 12)
    monkeypatch.setattr(xml_stream, "LONGEST_VALUE", 1 << 16)
    path = tmp_path / name
    path.write_text(f'<{ROOTS[name]} a="{"x" * (1 << 20)}')
    assert refusal(path) == "too_long_value"


@pytest.mark.parametrize("name", ["a.kml", "a.gml", "a.gpx", "a.fgb", "a.sqlite", "a.geojsonl", "a.kmz"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        f"<OGRVRTDataSource>{VRT_LAYER}</OGRVRTDataSource>",
        "<OGRWFSDataSource><URL>http://127.0.0.1:1/</URL></OGRWFSDataSource>",
        "PG:host=127.0.0.1",
        "/vsicurl/http://127.0.0.1:1/a.gpkg",
        "\0" * 4096,
    ],
)
def test_a_disguise_is_seen_through(tmp_path: Path, name: str, content: str) -> None:
    marker = squares(tmp_path / "marker.gpkg")
    path = tmp_path / name
    path.write_text(content.format(marker=marker))
    with watched(marker) as watch:
        assert refusal(path) == "not_what_it_says"
        assert not watch.was_opened()


def test_a_list_of_other_files_in_gml_clothes_is_no_gml(tmp_path: Path) -> None:
    marker = squares(tmp_path / "marker.gpkg")
    path = tmp_path / "a.gml"
    layer = VRT_LAYER.format(marker=marker)
    path.write_text(f"<OGRVRTDataSource xmlns:gml='http://www.opengis.net/gml'>{layer}</OGRVRTDataSource>")
    with watched(marker) as watch:
        assert refusal(path) in {"not_what_it_says", "nothing_inside"}
        assert not watch.was_opened()


def test_gdal_has_none_of_the_drivers_that_follow() -> None:
    drivers = pyogrio.list_drivers()
    assert {"GPKG", "GML", "OpenFileGDB", "FlatGeobuf"} <= set(drivers)
    assert not {"OGR_VRT", "WFS", "HTTP", "ADBC", "GDALG", "GPSBabel"} & set(drivers)


@pytest.mark.parametrize("module", ["VirtualOGR", "VirtualText", "VirtualShape", "csv"])
@pytest.mark.parametrize("name", ["a.gpkg", "a.sqlite"])
def test_a_database_with_a_table_that_reads_elsewhere_is_refused(
    tmp_path: Path, module: str, name: str
) -> None:
    marker = squares(tmp_path / "marker.gpkg")
    path = squares(tmp_path / "b.gpkg").rename(tmp_path / name)
    _add(path, "table", "evil", f"CREATE VIRTUAL TABLE evil USING {module}('{marker}')")
    with watched(marker) as watch:
        assert refusal(path) == "holds_programs"
        assert not watch.was_opened()


def test_a_view_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = squares(tmp_path / "a.gpkg")
    endless = (
        "CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
    )
    _add(path, "view", "evil", endless)
    assert refusal(path) == "holds_programs"


def test_a_view_may_not_call_what_reaches_elsewhere(tmp_path: Path) -> None:
    marker = tmp_path / "marker.tif"
    marker.write_bytes(b"II*\0")
    path = write(tmp_path / "a.gpkg", [shapely.Point(1, 2)], {"id": [1]}, geometry_type="Point", layer="a")
    database = sqlite3.connect(path)
    database.execute(
        f"CREATE VIEW b AS SELECT fid, geom, gdal_get_pixel_value('{marker}', 1, 'pixel', 0, 0) AS v FROM a"
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('b', 'features', 'b', 2100)"
    )
    database.execute("INSERT INTO gpkg_geometry_columns VALUES ('b', 'geom', 'POINT', 2100, 0, 0)")
    database.commit()
    database.close()
    with watched(marker) as watch:
        assert refusal(path, source_layer="b") in {"not_what_it_says", "broken_file"}
        assert not watch.was_opened()
    assert len(read(path, source_layer="a")[0]) == 1


def _add(path: Path, kind: str, name: str, sql: str) -> None:
    """Writes into the schema of a database what its own program could write."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA writable_schema = ON")
    database.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, 0, ?)", (kind, name, name, sql))
    database.commit()
    database.close()


def _gml(attributes: str, count: int, more: str = "") -> str:
    things = [THING.format(n=n, point=POINT.format(n=n)) for n in range(count)]
    extra = f"<f:member>{more}</f:member>" if more else ""
    return f"<?xml version='1.0'?>{GML_HEAD} {attributes}>{''.join(things)}{extra}</f:FeatureCollection>"

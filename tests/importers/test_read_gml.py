"""GML: axes as the coordinate system orders them, texts as they stand, any encoding, curves."""

from pathlib import Path

import pytest
import shapely

from importers.sources import ReadOptions, open_source
from tests.importers.readings import read, refusal

HEAD = '<f:Things xmlns:f="http://example.org/f" xmlns:gml="http://www.opengis.net/gml/3.2">'
LINE = (
    '<gml:LineString gml:id="l{n}" srsName="urn:ogc:def:crs:EPSG::{epsg}"><gml:posList>{places}</gml:posList>'
    "</gml:LineString>"
)


def test_latitude_comes_first_only_where_the_coordinate_system_says_so(tmp_path: Path) -> None:
    path = _write(tmp_path, LINE.format(n=1, epsg=4326, places="38 21 39 22"))
    assert read(path)[0].geometries[0] == shapely.LineString([(21, 38), (22, 39)])
    path = _write(tmp_path, LINE.format(n=1, epsg=2100, places="300000 4230000 300001 4230001"))
    assert read(path)[0].geometries[0] == shapely.LineString([(300000, 4230000), (300001, 4230001)])
    with open_source(path, ReadOptions()) as source:
        assert source.crs == "EPSG:2100"


def test_texts_keep_their_zeros_and_numbers_are_numbers(tmp_path: Path) -> None:
    path = _write(
        tmp_path, LINE.format(n=1, epsg=4326, places="38 21 39 22"), "<f:code>007</f:code><f:watt>70</f:watt>"
    )
    (record,) = read(path)[0].records
    assert (record["code"], record["watt"]) == ("007", 70)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1253", "iso-8859-7"])
def test_the_encoding_of_the_first_line_is_honoured(tmp_path: Path, encoding: str) -> None:
    shape = LINE.format(n=1, epsg=4326, places="38 21 39 22")
    path = _write(tmp_path, shape, "<f:name>Άγιος Ανδρέας</f:name>", encoding=encoding)
    with open_source(path, ReadOptions()) as source:
        (batch,) = source.batches()
    assert batch.records[0]["name"] == "Άγιος Ανδρέας"


def test_another_encoding_than_the_first_line_says_can_be_given(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        LINE.format(n=1, epsg=4326, places="38 21 39 22"),
        "<f:name>Άγιος</f:name>",
        encoding="cp1253",
    )
    path.write_bytes(path.read_bytes().replace(b"cp1253", b"utf-8"))
    assert refusal(path) == "wrong_encoding"
    assert read(path, encoding="cp1253")[0].records[0]["name"] == "Άγιος"


def test_an_arc_becomes_short_straight_pieces(tmp_path: Path) -> None:
    arc = (
        '<gml:Curve gml:id="c" srsName="urn:ogc:def:crs:EPSG::2100"><gml:segments><gml:Arc><gml:posList>0 0 50 50 100 0'
        "</gml:posList></gml:Arc></gml:segments></gml:Curve>"
    )
    (batch,) = read(_write(tmp_path, arc))
    assert batch.curved == [0]
    assert shapely.length(batch.geometries[0]) == pytest.approx(157.08, abs=0.1)


def test_several_kinds_of_things_ask_for_a_choice(tmp_path: Path) -> None:
    shape = LINE.format(n=1, epsg=4326, places="38 21 39 22")
    other = (
        f"<f:member><f:other gml:id='o'><f:place>{shape.replace('l1', 'l2')}</f:place></f:other></f:member>"
    )
    path = _write(tmp_path, shape, after=other)
    assert refusal(path) == "choose_layer_inside"
    with open_source(path, ReadOptions(source_layer="other")) as source:
        assert source.layers == ["thing", "other"]
        assert len(next(source.batches())) == 1


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_truncated_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = _write(tmp_path, LINE.format(n=1, epsg=4326, places="38 21 39 22"))
    path.write_bytes(path.read_bytes()[:-cut])
    assert refusal(path) == "not_what_it_says"


def test_other_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gml"
    path.write_text("<html><body/></html>")
    assert refusal(path) == "not_what_it_says"


def _write(folder: Path, shape: str, fields: str = "", *, after: str = "", encoding: str = "utf-8") -> Path:
    path = folder / "a.gml"
    thing = f"<f:member><f:thing gml:id='t'><f:place>{shape}</f:place>{fields}</f:thing></f:member>"
    first = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_text(f"{first}{HEAD}{thing}{after}</f:Things>", encoding=encoding)
    return path

"""GPX: waypoints, routes, tracks and their points are layers to choose from."""

from pathlib import Path

import pytest
import shapely

from importers.sources import ReadOptions, open_source
from importers.sources.base import Batch
from tests.importers.readings import read, refusal

WAYPOINT = """<wpt lat="38.24" lon="21.73"><ele>12.5</ele><time>2024-05-01T08:00:00Z</time><name>Πλατεία</name>
<link href="http://example.org/x"/><extensions><x:code xmlns:x="u">007</x:code></extensions></wpt>"""
ROUTE = (
    '<rte><name>Κύκλος</name><rtept lat="1" lon="2"/><rtept lat="3" lon="4"><name>δύο</name></rtept></rte>'
)
TRACK = """<trk><name>Βόλτα</name><trkseg><trkpt lat="1" lon="2"><ele>5</ele></trkpt><trkpt lat="3" lon="4"/></trkseg>
<trkseg><trkpt lat="5" lon="6"/><trkpt lat="7" lon="8"/></trkseg><trkseg/>
<trkseg><trkpt lat="9" lon="9"/></trkseg></trk>"""


def test_waypoints_keep_every_field(tmp_path: Path) -> None:
    batch = _read(tmp_path, WAYPOINT)
    assert batch.geometries[0] == shapely.Point(21.73, 38.24)
    assert batch.records == [
        {
            "ele": 12.5,
            "time": "2024-05-01T08:00:00Z",
            "name": "Πλατεία",
            "link": "http://example.org/x",
            "code": "007",
        }
    ]


def test_a_track_is_a_line_for_each_segment(tmp_path: Path) -> None:
    batch = _read(tmp_path, TRACK)
    assert batch.geometries[0].wkt == "MULTILINESTRING ((2 1, 4 3), (6 5, 8 7))"
    assert batch.records == [{"name": "Βόλτα"}]


def test_the_points_of_a_track_are_a_layer(tmp_path: Path) -> None:
    batch = _read(tmp_path, TRACK, source_layer="track_points")
    assert [shape.wkt for shape in batch.geometries[:2]] == ["POINT (2 1)", "POINT (4 3)"]
    assert batch.records[0] == {"ele": 5.0, "track": "Βόλτα", "segment": 1}
    assert [record["segment"] for record in batch.records] == [1, 1, 2, 2, 4]


def test_a_route_is_a_line(tmp_path: Path) -> None:
    batch = _read(tmp_path, ROUTE)
    assert (batch.geometries[0].wkt, batch.records) == ("LINESTRING (2 1, 4 3)", [{"name": "Κύκλος"}])
    batch = _read(tmp_path, ROUTE, source_layer="route_points")
    assert batch.records == [{"route": "Κύκλος"}, {"name": "δύο", "route": "Κύκλος"}]


def test_several_layers_ask_for_a_choice(tmp_path: Path) -> None:
    path = _write(tmp_path, WAYPOINT + TRACK)
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="routes") == "no_such_layer_inside"
    with open_source(path, ReadOptions(source_layer="tracks")) as source:
        assert source.layers == ["waypoints", "tracks", "track_points"]
        assert len(next(source.batches())) == 1


def test_a_file_without_anything_is_refused(tmp_path: Path) -> None:
    assert refusal(_write(tmp_path, "")) == "nothing_inside"


@pytest.mark.parametrize("place", ['lat="x" lon="2"', 'lat="1"', 'lat="nan" lon="2"'])
def test_a_place_that_is_none_is_told(tmp_path: Path, place: str) -> None:
    batch = _read(tmp_path, f"<wpt {place}><name>a</name></wpt>")
    assert batch.problems[0].code == "bad_geometry"


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_truncated_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = _write(tmp_path, TRACK)
    path.write_bytes(path.read_bytes()[:-cut])
    assert refusal(path) == "not_what_it_says"


def _write(folder: Path, content: str) -> Path:
    path = folder / "a.gpx"
    path.write_text(
        f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{content}</gpx>', encoding="utf-8"
    )
    return path


def _read(folder: Path, content: str, source_layer: str = "") -> Batch:
    (batch,) = read(_write(folder, content), source_layer=source_layer)
    return batch

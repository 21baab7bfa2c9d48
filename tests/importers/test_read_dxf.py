"""A drawing becomes rows: every entity that is drawn, none lost in silence."""

import math
from pathlib import Path

import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources.base import ReadOptions
from importers.sources.drawing.pieces import pieces
from importers.sources.dxf import DxfSource
from tests.importers.drawings import drawn, new_drawing, saved


def test_points_lines_and_closed_polylines(tmp_path: Path) -> None:
    drawing = new_drawing()
    space = drawing.modelspace()
    space.add_point((1, 2), dxfattribs={"layer": "ΦΡΕΑΤΙΑ"})
    space.add_line((0, 0), (3, 4))
    space.add_lwpolyline([(0, 0), (10, 0), (10, 10), (0, 10)], close=True)
    space.add_polyline2d([(0, 0), (5, 0), (5, 5), (0, 0)])
    space.add_polyline3d([(0, 0, 1), (5, 0, 2)])
    batch = drawn(saved(drawing, tmp_path / "a.dxf"))
    assert [shape.geom_type for shape in batch.geometries] == [
        "Point",
        "LineString",
        "Polygon",
        "Polygon",
        "LineString",
    ]
    assert batch.records[0]["layer"] == "ΦΡΕΑΤΙΑ"
    assert batch.geometries[2].area == 100
    assert batch.geometries[4].has_z
    assert len({record["handle"] for record in batch.records}) == 5


def test_curves_stay_within_a_hundredth_of_a_unit(tmp_path: Path) -> None:
    drawing = new_drawing()
    space = drawing.modelspace()
    space.add_circle((0, 0), 100)
    space.add_arc((0, 0), 100, 0, 90)
    space.add_lwpolyline([(0, 0, 1), (200, 0, 1)], format="xyb", close=True)
    space.add_ellipse((0, 0), (100, 0), 0.5)
    circle, arc, bulged, ellipse = drawn(saved(drawing, tmp_path / "a.dxf")).geometries
    assert 100 - shapely.distance(circle.exterior, shapely.Point(0, 0)) <= 0.01
    assert circle.area == pytest.approx(math.pi * 1e4, rel=2e-4)
    assert arc.geom_type == "LineString"
    assert arc.length == pytest.approx(50 * math.pi, rel=1e-4)
    assert bulged.area == pytest.approx(math.pi * 1e4, rel=2e-4)
    assert ellipse.area == pytest.approx(math.pi * 5e3, rel=1e-3)


def test_a_circle_as_large_as_a_country_has_a_bounded_number_of_vertices(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.modelspace().add_circle((0, 0), 1e9)
    (circle,) = drawn(saved(drawing, tmp_path / "a.dxf")).geometries
    assert shapely.get_num_coordinates(circle) < 5000


def test_a_hatch_keeps_its_holes(tmp_path: Path) -> None:
    drawing = new_drawing()
    hatch = drawing.modelspace().add_hatch()
    hatch.paths.add_polyline_path([(0, 0), (10, 0), (10, 10), (0, 10)], is_closed=True)
    hatch.paths.add_polyline_path([(2, 2), (4, 2), (4, 4), (2, 4)], is_closed=True)
    edges = drawing.modelspace().add_hatch().paths.add_edge_path()
    edges.add_line((0, 0), (10, 0))
    edges.add_arc((0, 0), 10, 0, 180)
    edges.add_line((0, 0), (-10, 0))
    holed, half_circle = drawn(saved(drawing, tmp_path / "a.dxf")).geometries
    assert holed.area == 96
    assert half_circle.area == pytest.approx(50 * math.pi, rel=2e-3)


def test_a_block_is_taken_apart_and_gives_its_attributes(tmp_path: Path) -> None:
    drawing = new_drawing()
    block = drawing.blocks.new("LAMP")
    block.add_line((0, 0), (1, 0))
    block.add_attdef("POWER", (0, 0))
    lamp = drawing.modelspace().add_blockref("LAMP", (100, 200), dxfattribs={"layer": "LIGHT", "xscale": 3})
    lamp.add_attrib("POWER", "150 W", (0, 0))
    lamp.add_attrib("layer", "x", (0, 0))
    path = saved(drawing, tmp_path / "a.dxf")
    batch = drawn(path)
    (line,) = batch.geometries
    assert list(line.coords) == [(100, 200, 0), (103, 200, 0)]
    assert (
        batch.records[0] | {"POWER": "150 W", "layer_": "x", "block": "LAMP", "layer": "LIGHT"}
        == batch.records[0]
    )
    (point,) = drawn(path, source_layer="blocks").geometries
    assert list(point.coords) == [(100, 200, 0)]
    assert DxfSource(path, ReadOptions()).fields[-2:] == ["POWER", "layer_"]


def test_a_block_that_contains_itself_ends(tmp_path: Path) -> None:
    drawing = new_drawing("R12")
    one, other = drawing.blocks.new("ONE"), drawing.blocks.new("OTHER")
    one.add_blockref("OTHER", (0, 0))
    other.add_blockref("ONE", (0, 0))
    drawing.modelspace().add_blockref("ONE", (0, 0))
    batch = drawn(saved(drawing, tmp_path / "a.dxf"))
    assert [problem.code for problem in batch.problems.values()] == ["too_deep"]


def test_blocks_that_multiply_are_refused_before_memory_is_spent(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.blocks.new("DOT").add_point((0, 0))
    grid = {"row_count": 32767, "column_count": 32767, "row_spacing": 1, "column_spacing": 1}
    drawing.modelspace().add_blockref("DOT", (0, 0), dxfattribs=grid)
    source = DxfSource(saved(drawing, tmp_path / "a.dxf"), ReadOptions())
    with pytest.raises(ImportRefused) as caught:
        list(source.batches())
    assert caught.value.code == "too_large_to_read"


def test_texts_lose_their_codes_and_keep_their_letters(tmp_path: Path) -> None:
    drawing = new_drawing("R2000")
    drawing.header["$DWGCODEPAGE"] = "ANSI_1253"
    drawing.encoding = "cp1253"
    space = drawing.modelspace()
    space.add_text("Άγιος 45%%d", dxfattribs={"insert": (1, 2)})
    space.add_mtext(r"{\C1;Οδός}\PΚορίνθου \U+03B1", dxfattribs={"insert": (3, 4)})
    path = saved(drawing, tmp_path / "a.dxf", encoding="cp1253")
    assert "Άγιος".encode("cp1253") in path.read_bytes()
    batch = drawn(path)
    assert [record["text"] for record in batch.records] == ["Άγιος 45°", "Οδός\nΚορίνθου α"]
    assert [shape.coords[0][:2] for shape in batch.geometries] == [(1, 2), (3, 4)]
    assert DxfSource(path, ReadOptions()).encoding.name == "cp1253"


def test_the_person_knows_the_encoding_better(tmp_path: Path) -> None:
    drawing = new_drawing("R12")
    drawing.modelspace().add_text("ABCD")
    path = saved(drawing, tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace(b"ABCD", "Πάρκα".encode("cp737")))
    assert drawn(path, encoding="cp737").records[0]["text"] == "Πάρκα"


def test_colours_follow_layer_and_block(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.layers.add("RED", color=1)
    drawing.blocks.new("B").add_point((0, 0), dxfattribs={"color": 0})
    space = drawing.modelspace()
    space.add_point((0, 0), dxfattribs={"layer": "RED"})
    space.add_point((0, 0), dxfattribs={"true_color": 0x010203})
    space.add_blockref("B", (0, 0), dxfattribs={"color": 3})
    records = drawn(saved(drawing, tmp_path / "a.dxf")).records
    assert [record["color"] for record in records] == ["#ff0000", "#010203", "#00ff00"]


def test_a_turned_object_coordinate_system_is_turned_back(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.modelspace().add_lwpolyline([(1, 1), (2, 1)], dxfattribs={"extrusion": (0, 0, -1)})
    (line,) = drawn(saved(drawing, tmp_path / "a.dxf")).geometries
    assert [point[:2] for point in line.coords] == [(-1, 1), (-2, 1)]


def test_what_no_map_can_hold_is_a_problem_of_its_row(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.modelspace().add_xline((0, 0), (1, 0))
    drawing.modelspace().add_point((0, 0))
    batch = drawn(saved(drawing, tmp_path / "a.dxf"))
    assert {batch.row(index): problem.facts for index, problem in batch.problems.items()} == {
        1: {"entity": "XLINE"}
    }


def test_a_binary_drawing_is_read_too(tmp_path: Path) -> None:
    drawing = new_drawing()
    drawing.modelspace().add_point((5, 6), dxfattribs={"layer": "Φ"})
    path = saved(drawing, tmp_path / "a.dxf", fmt="bin")
    assert path.read_bytes().startswith(b"AutoCAD Binary DXF")
    assert drawn(path).records[0]["layer"] == "Φ"


@pytest.mark.parametrize("content", [b"no drawing", b"0\nX\nno", b"AutoCAD Binary DXF\r\n\x1a\0zz"])
def test_what_is_no_drawing_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.dxf"
    path.write_bytes(content)
    assert refused(path) == "not_what_it_says"


def test_a_drawing_that_breaks_off_is_refused(tmp_path: Path) -> None:
    drawing = new_drawing()
    for x in range(50):
        drawing.modelspace().add_point((x, 0))
    path = saved(drawing, tmp_path / "a.dxf")
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"AcDbPoint")])
    assert refused(path) == "broken_file"


def refused(path: Path) -> str:
    with pytest.raises(ImportRefused) as caught:
        DxfSource(path, ReadOptions())
    return caught.value.code


def test_a_large_drawing_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = new_drawing("R12")
    block = drawing.blocks.new("LAMP")
    block.add_circle((0, 0), 1)
    block.add_attdef("POWER", (0, 0))
    for x in range(400):
        drawing.modelspace().add_polyline2d([(x, 0), (x + 1, 0), (x, 1)], close=True)
        drawing.modelspace().add_blockref("LAMP", (x, 5)).add_attrib("POWER", str(x), (0, 0))
    path = saved(drawing, tmp_path / "a.dxf")
    whole = list(DxfSource(path, ReadOptions()).batches())
    monkeypatch.setattr("importers.sources.drawing.pieces.PIECE_BYTES", 20_000)
    source = DxfSource(path, ReadOptions())
    assert len(list(pieces(path))) > 3
    batches = list(source.batches())
    assert source.share_read() > 0.9
    assert source.fields == ["layer", "entity", "block", "text", "color", "handle", "POWER"]
    assert [record for batch in batches for record in batch.records] == whole[0].records
    assert [g.wkt for batch in batches for g in batch.geometries] == [g.wkt for g in whole[0].geometries]

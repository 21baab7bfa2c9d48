"""Geometries that shapely does not know become some it does, or are told as unreadable."""

import math
import struct
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from importers.sources.wkb import geometry_of, read_wkb
from tests.importers.readings import read


def head(kind: int, count: int) -> bytes:
    return struct.pack("<BII", 1, kind, count)


def places(*numbers: float) -> bytes:
    return struct.pack(f"<{len(numbers)}d", *numbers)


HALF_CIRCLE = head(8, 3) + places(0, 0, 1, 1, 2, 0)
FULL_CIRCLE = head(8, 3) + places(0, 0, 2, 0, 0, 0)
BACK = head(2, 2) + places(2, 0, 0, 0)
TRIANGLES = [
    head(1017, 1) + struct.pack("<I", 4) + places(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0),
    head(1017, 1) + struct.pack("<I", 4) + places(1, 0, 0, 2, 0, 0, 2, 1, 0, 1, 0, 0),
]
TIN = head(1016, 2) + b"".join(TRIANGLES)


def test_an_arc_is_straightened_within_a_thousandth() -> None:
    line, curved = geometry_of(HALF_CIRCLE)
    assert curved
    assert shapely.length(line) == pytest.approx(math.pi, rel=1e-3)
    assert shapely.get_coordinates(line)[[0, -1]].tolist() == [[0, 0], [2, 0]]
    assert np.abs(np.hypot(*(shapely.get_coordinates(line) - [1, 0]).T) - 1).max() < 1e-12


def test_an_arc_turns_the_way_its_middle_says() -> None:
    below, _ = geometry_of(head(8, 3) + places(0, 0, 1, -1, 2, 0))
    assert shapely.bounds(below)[1] == pytest.approx(-1)
    most, _ = geometry_of(head(8, 3) + places(0, 0, 1, 5, 2, 0))
    assert shapely.bounds(most)[3] == pytest.approx(5)
    assert shapely.length(most) > 10
    assert geometry_of(head(8, 3) + places(0, 0, 1, 0, 2, 0))[0] == shapely.LineString(
        [(0, 0), (1, 0), (2, 0)]
    )


def test_a_ring_of_an_arc_and_a_line_is_a_polygon() -> None:
    ring = head(9, 2) + HALF_CIRCLE + BACK
    polygon, curved = geometry_of(head(10, 1) + ring)
    assert curved
    assert shapely.area(polygon) == pytest.approx(math.pi / 2, rel=2e-3)
    surfaces, _ = geometry_of(
        head(12, 2) + head(10, 1) + FULL_CIRCLE + shapely.to_wkb(shapely.box(5, 5, 6, 6))
    )
    assert surfaces.geom_type == "MultiPolygon"
    assert shapely.area(surfaces) == pytest.approx(math.pi + 1, rel=2e-3)


def test_faces_are_polygons() -> None:
    for data in (TIN, head(1007, 1) + TIN):
        shape, curved = geometry_of(data)
        assert (shape.geom_type, shapely.area(shape), curved) == ("MultiPolygon", 1, False)


def test_collections_are_what_shapely_makes_of_them() -> None:
    for text in ("GEOMETRYCOLLECTION (POINT Z (1 2 3), LINESTRING (0 0, 1 1))", "GEOMETRYCOLLECTION EMPTY"):
        for flavor in ("iso", "extended"):
            shape = shapely.from_wkt(text)
            assert geometry_of(shapely.to_wkb(shape, flavor=flavor, byte_order=0))[0] == shape


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1\7",
        head(7, 1),
        head(8, 1 << 31),
        head(10, 0xFFFFFFFF),
        head(99, 1) + places(0, 0),
        HALF_CIRCLE[:-1],
        head(7, 1) * 100,
        head(10, 1) + head(2, 2) + places(0, 0, 1, 1),
        head(2, 2)[:1] + struct.pack("<I", 1000002) + places(0, 0),
        b"\5" + HALF_CIRCLE[1:],
    ],
)
def test_bytes_that_are_no_geometry_are_told(data: bytes) -> None:
    shapes, problems, curved = read_wkb([data, None, shapely.to_wkb(shapely.Point(1, 2))])
    assert (shapes[0], shapes[1], shapes[2], curved) == (None, None, shapely.Point(1, 2), [])
    assert {index: problem.code for index, problem in problems.items()} == {0: "bad_geometry"}


def test_curves_in_a_file_are_straightened(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    wkb = np.array([head(10, 1) + head(9, 2) + HALF_CIRCLE + BACK], dtype=object)
    pyogrio.raw.write(
        path, wkb, [np.array([1])], ["id"], driver="GPKG", crs="EPSG:2100", geometry_type="Unknown"
    )
    (batch,) = read(path)
    assert not batch.problems
    assert shapely.area(batch.geometries[0]) == pytest.approx(math.pi / 2, rel=2e-3)

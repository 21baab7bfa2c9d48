"""OpenStreetMap: themes by tags, areas put together, nothing dropped in silence."""

from pathlib import Path
from typing import Any

import osmium
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources.base import Batch, ReadOptions
from importers.sources.osm_pbf import OsmSource

CORNERS = {1: (21.0, 38.0), 2: (21.1, 38.0), 3: (21.1, 38.1), 4: (21.0, 38.1)}
HOLE = {5: (21.02, 38.02), 6: (21.04, 38.02), 7: (21.04, 38.04)}
WAYS: list[tuple[int, list[int], dict[str, str]]] = [
    (20, [1, 2, 3], {"highway": "residential", "name": "Κορίνθου"}),
    (21, [1, 2, 3, 4, 1], {"building": "school", "addr:housenumber": "7"}),
    (22, [1, 2, 99], {"highway": "path"}),
    (23, [1, 2, 3], {"building": "yes"}),
    (24, [1, 2, 3, 4, 1], {}),
    (25, [5, 6, 7, 5], {}),
]
MEMBERS = [("w", 24, "outer"), ("w", 25, "inner")]


def write_osm(path: Path, ways: list[tuple[int, list[int], dict[str, str]]]) -> Path:
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in {**CORNERS, **HOLE}.items():
            tags = {"highway": "street_lamp", "ref": "Φ1"} if number == 1 else {}
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, tags=tags))
        writer.add_node(osmium.osm.mutable.Node(id=8, location=(21.5, 38.5), tags={"source": "survey"}))
        writer.add_node(osmium.osm.mutable.Node(id=9, location=(21.5, 38.5), tags={"place": "village"}))
        for number, nodes, tags in ways:
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))
        tags = {"type": "multipolygon", "landuse": "forest"}
        writer.add_relation(osmium.osm.mutable.Relation(id=30, members=MEMBERS, tags=tags))
        writer.add_relation(osmium.osm.mutable.Relation(id=31, members=[("w", 404, "outer")], tags=tags))
    return path


@pytest.fixture(params=["a.osm.pbf", "a.osm"])
def extract(request: Any, tmp_path: Path) -> Path:
    return write_osm(tmp_path / request.param, WAYS)


def taken(path: Path, theme: str) -> Batch:
    (batch,) = OsmSource(path, ReadOptions(source_layer=theme)).batches()
    return batch


def test_roads_go_through_the_nodes_that_are_there(extract: Path) -> None:
    batch = taken(extract, "roads")
    assert [record["osm_id"] for record in batch.records] == ["way/20", "way/22"]
    assert batch.records[0]["name"] == "Κορίνθου"
    assert list(batch.geometries[0].coords) == [(21.0, 38.0), (21.1, 38.0), (21.1, 38.1)]
    assert list(batch.geometries[1].coords) == [(21.0, 38.0), (21.1, 38.0)]


def test_a_building_that_does_not_close_is_a_problem(extract: Path) -> None:
    batch = taken(extract, "buildings")
    assert [record["osm_id"] for record in batch.records] == ["way/21", "way/23"]
    assert batch.geometries[0].equals(shapely.box(21.0, 38.0, 21.1, 38.1))
    assert {batch.records[index]["osm_id"]: found.code for index, found in batch.problems.items()} == {
        "way/23": "bad_geometry"
    }


def test_a_multipolygon_has_its_hole_and_an_incomplete_one_is_told(extract: Path) -> None:
    batch = taken(extract, "land_use")
    assert [record["osm_id"] for record in batch.records] == ["relation/30", "relation/31"]
    assert len(batch.geometries[0].interiors) == 1
    assert list(batch.problems) == [1]


def test_points_of_every_kind(extract: Path) -> None:
    assert [record["osm_id"] for record in taken(extract, "street_lamps").records] == ["node/1"]
    assert [record["osm_id"] for record in taken(extract, "places").records] == ["node/9"]
    assert [record["osm_id"] for record in taken(extract, "points").records] == ["node/1", "node/9"]
    address = taken(extract, "addresses")
    assert address.geometries[0].within(shapely.box(21.0, 38.0, 21.1, 38.1))


def test_every_tag_is_a_field(extract: Path) -> None:
    source = OsmSource(extract, ReadOptions(source_layer="street_lamps"))
    assert sorted(source.fields) == ["highway", "osm_id", "ref"]
    assert source.crs == "OGC:CRS84"


def test_a_theme_is_asked_for(extract: Path) -> None:
    assert refusal(extract) == "choose_layer_inside"
    assert refusal(extract, source_layer="moons") == "no_such_layer_inside"


def test_ways_in_any_order(tmp_path: Path) -> None:
    path = write_osm(tmp_path / "a.osm.pbf", WAYS[::-1])
    assert len(taken(path, "buildings")) == 2
    assert len(taken(path, "land_use")) == 2


def test_what_breaks_off_is_refused(extract: Path) -> None:
    content = extract.read_bytes()
    extract.write_bytes(content[: len(content) * 2 // 3])
    assert refusal(extract, source_layer="roads") in ("not_what_it_says", "broken_file")
    extract.write_bytes(b"nothing of the kind")
    assert refusal(extract, source_layer="roads") == "not_what_it_says"


def test_entities_of_xml_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.osm"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaa">]>'
        '<osm version="0.6"><node id="1" lat="38" lon="21"><tag k="place" v="&a;"/></node></osm>'
    )
    assert refusal(path, source_layer="places") == "not_what_it_says"


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as caught:
        list(OsmSource(path, ReadOptions(**options)).batches())
    return caught.value.code

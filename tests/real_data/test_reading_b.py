"""Drawings, tables, OpenStreetMap and GeoParquet of others: what GDAL finds in them, or why we find otherwise."""

import warnings
from pathlib import Path
from typing import Any

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources import ReadOptions, open_source
from importers.sources.base import Batch
from tests.real_data.portal import shared

pytestmark = pytest.mark.real_data

# Rows of a drawing, and how many of them are problems, where GDAL counts otherwise; the others agree with GDAL.
DRAWINGS = {
    "Graz_10km_3m.dxf": (8, 8),  # pictures, which GDAL passes over
    "recover01.dxf": (1504, 0),  # GDAL stops after the texts
    "text.dxf": (222, 0),  # the attributes of a block are fields here, points of their own there
    "3d.dxf": (5, 3),  # GDAL says nothing of solid bodies
    "additional-entities.dxf": (22, 1),  # empty multiline; attribute as field
    "assorted.dxf": (16, 3),  # dimensions without their drawing
    "attrib.dxf": (2, 0),  # attributes are fields
    "attrib-nested.dxf": (1, 0),
    "block-basepoint.dxf": (2, 0),  # from here on: GDAL gathers a block into one row
    "block-hidden-entities.dxf": (6, 0),
    "block-insert-order.dxf": (2, 1),
    "byblock-bylayer-new.dxf": (819, 0),
    "byblock-bylayer.dxf": (15, 0),
    "dimension-entities-only.dxf": (3, 3),
    "frozen-off.dxf": (104, 0),
    "insert-recursive-pair.dxf": (3, 2),
    "insert_only.dxf": (5, 0),
    "insert_only_col_count_zero.dxf": (5, 0),
    "leader-mleader.dxf": (70, 0),
    "BINARY_wipeout.dxf": (2, 2),  # blank areas are nothing on a map
    "wipeout.dxf": (2, 2),
}
# Files without what every program writes, which GDAL reads as far as they go.
REFUSED_DRAWINGS = {
    "closed_polyline_with_bulge.dxf": "not_what_it_says",
    "clusterfuzz-testcase-minimized-dxf_fuzzer-5400376672124928.dxf": "not_what_it_says",
    "clusterfuzz-testcase-minimized-shape_fuzzer-6126814756995072.dxf": "not_what_it_says",
    "elliptical-arc-hatch-min.dxf": "not_what_it_says",
    "hatch.dxf": "not_what_it_says",
    "header_extended.dxf": "broken_file",  # ends within a section
    "insert-too-many-errors.dxf": "not_what_it_says",
    "lwpolyline_smooth.dxf": "not_what_it_says",
    "spline_closed.dxf": "not_what_it_says",
    "spline_weight.dxf": "not_what_it_says",
    "spline_with_very_close_neg_to_zero_knot.dxf": "not_what_it_says",
}
EMPTY_DRAWINGS = {"nasty/gdal/dxf/text.dxf"}  # its one text stands outside every section


def batches_of(path: Path, **options: Any) -> list[Batch]:
    with open_source(path, ReadOptions(**options)) as source:
        return list(source.batches())


def code_of(path: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as caught:
        batches_of(path, **options)
    assert "%(" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("folder", ["dxf", "nasty/gdal/dxf"])
def test_drawings(folder: str) -> None:
    paths = sorted(shared(folder).glob("*.dxf"))
    assert paths
    for path in paths:
        if path.name in REFUSED_DRAWINGS:
            assert code_of(path) == REFUSED_DRAWINGS[path.name], path.name
            continue
        batches = batches_of(path)
        found = sum(map(len, batches)), sum(len(batch.problems) for batch in batches)
        if f"{folder}/{path.name}" in EMPTY_DRAWINGS:
            assert found == (0, 0)
        else:
            assert found == DRAWINGS.get(path.name, (_gdal_count(path), 0)), path.name


def _gdal_count(path: Path) -> int:
    return int(pyogrio.read_info(path, force_feature_count=True)["features"])


def test_the_lengths_of_a_drawing_are_those_gdal_finds() -> None:
    path = shared("dxf") / "5_us_states.dxf"
    lines = [g for batch in batches_of(path, source_layer="lines") for g in batch.geometries]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = geopandas.read_file(path)
    assert sum(shapely.length(lines)) == pytest.approx(theirs.geometry.length.sum(), rel=1e-9)


def test_the_holes_of_a_hatch_are_those_gdal_finds() -> None:
    path = shared("nasty") / "gdal/dxf/hatch_as_multipolygon.dxf"
    (batch,) = batches_of(path)
    theirs = geopandas.read_file(path, on_invalid="ignore")
    assert batch.geometries[0].area == pytest.approx(theirs.geometry.iloc[0].area, rel=1e-3)


THEMES = {
    "roads": ("lines", lambda rows: rows.highway.notna()),
    "buildings": ("multipolygons", lambda rows: rows.building.notna()),
    "places": ("points", lambda rows: rows.place.notna()),
    "points": ("points", lambda rows: rows.osm_id.notna()),
}


@pytest.mark.parametrize("theme", THEMES)
def test_a_country_of_openstreetmap(theme: str) -> None:
    path = shared("osm") / "andorra.osm.pbf"
    layer, wanted = THEMES[theme]
    theirs = geopandas.read_file(path, layer=layer)
    theirs = theirs[wanted(theirs)]
    batches = batches_of(path, source_layer=theme)
    shapes = [shape for batch in batches for shape in batch.geometries if shape is not None]
    ids = {record["osm_id"].split("/")[1] for batch in batches for record in batch.records}
    same = set(theirs.osm_id.dropna()) | set(theirs.get("osm_way_id", theirs.osm_id).dropna())
    assert len(same - ids) <= len(same) // 100, sorted(same - ids)[:5]
    other = theirs.geometry.to_numpy()
    if theme == "buildings":
        assert shapely.area(shapes).sum() == pytest.approx(shapely.area(other).sum(), rel=1e-2)
    if theme == "roads":
        assert shapely.length(shapes).sum() == pytest.approx(shapely.length(other).sum(), rel=1e-2)


def test_openstreetmap_whose_ids_do_not_rise() -> None:
    path = shared("nasty") / "pyogrio/sample.osm.pbf"
    assert [len(batches_of(path, source_layer=theme)[0]) for theme in ("roads", "buildings")] == [36, 2]
    snippet = shared("osm") / "cyprus_snippet.osm"
    assert len(batches_of(snippet, source_layer="roads")[0]) == 52


@pytest.mark.parametrize("name", ["list_field_values_file", "list_nested_struct_file"])
def test_parquet_with_lists(name: str) -> None:
    path = shared("nasty") / f"pyogrio/{name}.parquet"
    (batch,) = batches_of(path)
    theirs = pq.read_table(path).to_pylist()
    assert [shape.wkb for shape in batch.geometries] == [row.pop("geometry") for row in theirs]
    filled = [{name: value for name, value in row.items() if value is not None} for row in theirs]
    assert list(batch.records) == filled


TABLES_WITHOUT_PLACES = {
    "double_quotes_in_middle_of_field.csv": 1,
    "double_quotes_in_middle_of_field_bis.csv": 2,
    "header_with_line_break.csv": 3,
    "inf_nan.csv": 4,
    "oddname.csv": 2,
    "only_strings.csv": 3,
    "test_eurostat.tsv": 1,
    "testdatetime.csv": 7,
    "testnull.csv": 1,
    "testnumheader1.csv": 1,
    "testquoteheader1.csv": 1,
    "testtypeautodetectboolean.csv": 2,
    "testtypeautodetectinteger64.csv": 2,
}


@pytest.mark.parametrize("name", TABLES_WITHOUT_PLACES)
def test_odd_tables_without_places(name: str) -> None:
    path = shared("nasty") / "gdal/csv" / name
    assert code_of(path) == "no_positions"
    (batch,) = batches_of(path, without_place=True)
    assert len(batch) == TABLES_WITHOUT_PLACES[name] == _gdal_rows(path)
    assert batch.problems == {}


def _gdal_rows(path: Path) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return int(pyogrio.read_info(path, force_feature_count=True)["features"])


def test_odd_tables_with_places() -> None:
    folder = shared("nasty") / "gdal/csv"
    (batch,) = batches_of(folder / "csv_with_utf8_bom.csv")
    assert batch.records[0]["name"] == "Colac Bay/Ōraka"
    (batch,) = batches_of(folder / "single_column.csv")
    assert batch.geometries[0] == shapely.Point(1, 2)
    assert code_of(folder / "unbalanced_double_quotes.csv", without_place=True) == "broken_file"
    # One row of a thousand blanks; and a header of numbers, which GDAL takes for a row.
    assert batches_of(folder / "more_than_100_geom_fields.csv") == []
    for name in ("testnumheader2.csv", "testquoteheader2.csv"):
        assert len(batches_of(folder / name, without_place=True)[0]) == 1 == _gdal_rows(folder / name) - 1


def test_arcs_in_a_table() -> None:
    path = shared("nasty") / "fiona/curves_line.csv"
    (batch,) = batches_of(path)
    assert batch.problems == {}
    for shape, record in zip(batch.geometries, batch.records, strict=True):
        assert shape.length == pytest.approx(record["SHAPE_Length"], rel=5e-3)


def test_trees_in_metres_name_no_coordinate_system() -> None:
    with open_source(shared("trees") / "Trees_in_the_City.csv", ReadOptions()) as source:
        assert source.crs == ""
        assert sum(len(batch) for batch in source.batches()) == 16_681

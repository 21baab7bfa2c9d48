"""Every format read back by a program that did not write it: counts, texts, numbers, shapes."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import ezdxf.filemanagement
import geopandas
import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from django.conf import settings
from django.utils import translation
from ezdxf.lldxf.encoding import decode_dxf_unicode
from pyproj import Transformer

from layers.exports.errors import ShapesDoNotFit, TextDoesNotFit, TooManyRows
from layers.exports.writers import workbook
from layers.models import Layer
from tests.factories import FeatureFactory
from tests.layers.exporting import KEY, ROWS, exported, kept, parcels, there

pytestmark = pytest.mark.django_db
STORAGE = f"EPSG:{settings.STORAGE_SRID}"


def read(path: Path | str, **options: Any) -> tuple[dict[str, Any], list[dict[str, Any]], list[Any]]:
    """What GDAL says of the file, its rows and its shapes."""
    about, _ids, wkb, columns = pyogrio.raw.read(path, **options)
    names = [str(name) for name in about["fields"]]
    rows = [
        dict(zip(names, values, strict=True)) for values in zip(*[c.tolist() for c in columns], strict=True)
    ]
    return about, rows, [None if one is None else shapely.from_wkb(one) for one in wkb]


def shapes_of(layer: Layer) -> dict[str, Any]:
    return {key: shapely.from_wkb(wkb) for key, (_p, wkb) in kept(layer).items() if wkb is not None}


def same(shape: Any, other: Any) -> bool:
    """The same corners to the last bit, whichever way round and with whichever corner first."""
    return bool(shapely.equals_identical(shapely.normalize(shape), shapely.normalize(other)))


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson"])
def test_gdal_reads_every_row_text_and_corner(ending: str, tmp_path: Path) -> None:
    layer = parcels()
    path = tmp_path / f"parcels.{ending}"
    exported("parcels", path, crs=str(settings.STORAGE_SRID))
    about, rows, shapes = read(path)
    assert about["crs"] == STORAGE
    assert {row[KEY] for row in rows} == set(ROWS)
    for row, shape in zip(rows, shapes, strict=True):
        assert shapely.equals_identical(shape, shapes_of(layer)[row[KEY]])
        for name, value in ROWS[row[KEY]].items():
            found = row[name].isoformat() if isinstance(row[name], date) else row[name]
            assert found == value, name


def test_geopackage_tells_names_apart_that_differ_by_case(tmp_path: Path) -> None:
    layer = parcels()
    odd = {KEY: "odd", "Name": "μεγάλο", "name": "μικρό", "fid": 7, "geom": "text"}
    FeatureFactory.create(layer=layer, key="odd", properties=odd)
    exported("parcels", tmp_path / "p.gpkg")
    _about, rows, _shapes = read(tmp_path / "p.gpkg")
    found = next(row for row in rows if row[KEY] == "odd")
    assert {"μεγάλο", "μικρό", 7, "text"} <= set(found.values())


def test_geopackage_has_its_types_and_index(tmp_path: Path) -> None:
    parcels()
    exported("parcels", tmp_path / "p.gpkg")
    info = pyogrio.read_info(tmp_path / "p.gpkg")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert kinds[KEY] == kinds["name"] == kinds["since"] == "OFTString"
    assert kinds["floors"] == "OFTInteger64"
    assert kinds["area"] == "OFTReal"
    assert info["capabilities"]["fast_spatial_filter"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1253", "iso-8859-7", "cp737"])
def test_shapefile_is_in_the_chosen_encoding_and_says_so(encoding: str, tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="5", properties={KEY: "5", "name": "Άγιος Ανδρέας"})
    # Quotation marks « » are no letters of cp737.
    layer.features.exclude(key="5").delete()
    exported("parcels", tmp_path / "p.zip", format="shp", encoding=encoding)
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert {n.rpartition(".")[2] for n in archive.namelist()} == {
            "shp",
            "shx",
            "dbf",
            "prj",
            "cpg",
            "txt",
        }
        assert archive.read("parcels.cpg").decode().lower() == encoding
        assert "Άγιος Ανδρέας".encode(encoding) in archive.read("parcels.dbf")
    _about, rows, _shapes = read(f"/vsizip/{tmp_path}/p.zip")
    assert [row["name"] for row in rows] == ["Άγιος Ανδρέας"]


def test_letters_that_an_encoding_lacks_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="zh", properties={KEY: "zh", "name": "街道"})
    for form in ("shp", "csv"):
        with pytest.raises(TextDoesNotFit, match="街道"):
            exported("parcels", tmp_path / "p.zip", format=form, encoding="cp1253")
    assert list(tmp_path.iterdir()) == []


def test_shapefile_cuts_names_and_texts_and_tells(tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="long", properties={KEY: "long", "name": "ω" * 200})
    exported("parcels", tmp_path / "p.zip", format="shp")
    _about, rows, _shapes = read(f"/vsizip/{tmp_path}/p.zip")
    assert {"a_very_lon", "a_very_l_2"} <= set(rows[0])
    assert next(row["name"] for row in rows if row[KEY] == "long") == "ω" * 127
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        text = archive.read("README.txt").decode("utf-8-sig")
    assert "“a_very_long_field_other” is called “a_very_l_2”" in text
    assert "1 texts were cut" in text


def test_shapefile_of_mixed_shapes_is_a_file_a_kind(tmp_path: Path) -> None:
    layer = parcels(geometry_kind="mixed")
    FeatureFactory.create(layer=layer, key="p", properties={KEY: "p"}, geom=there("POINT (1 2)"))
    FeatureFactory.create(layer=layer, key="l", properties={KEY: "l"}, geom=there("LINESTRING (1 2, 3 4)"))
    FeatureFactory.create(layer=layer, key="none", properties={KEY: "none"}, geom=None)
    exported("parcels", tmp_path / "p.zip", format="shp")
    counts = {}
    for stem in ("points", "lines", "polygons"):
        _about, rows, _shapes = read(f"/vsizip/{tmp_path}/p.zip/parcels_{stem}.shp")
        counts[stem] = {row[KEY] for row in rows}
    assert counts == {"points": {"p", "none"}, "lines": {"l"}, "polygons": set(ROWS)}


def test_collections_fit_into_no_shapefile(tmp_path: Path) -> None:
    layer = parcels(geometry_kind="mixed")
    both = there("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))")
    FeatureFactory.create(layer=layer, key="both", properties={KEY: "both"}, geom=both)
    with pytest.raises(ShapesDoNotFit):
        exported("parcels", tmp_path / "p.zip", format="shp")


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson", "parquet", "csv", "xlsx"])
def test_rows_without_a_shape_go_with_the_others(ending: str, tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="none", properties={KEY: "none"}, geom=None)
    export = exported("parcels", tmp_path / f"p.{ending}")
    assert export.survey.rows == 4
    if ending in ("gpkg", "fgb", "geojson"):
        _about, rows, shapes = read(tmp_path / f"p.{ending}")
        assert [s for r, s in zip(rows, shapes, strict=True) if r[KEY] == "none"] == [None]


def test_geoparquet_carries_metadata_shapes_and_types(tmp_path: Path) -> None:
    layer = parcels()
    exported("parcels", tmp_path / "p.parquet")
    table = pq.read_table(tmp_path / "p.parquet")
    geo = json.loads(pq.read_metadata(tmp_path / "p.parquet").metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert column["crs"]["id"] == {"authority": "EPSG", "code": settings.STORAGE_SRID}
    assert column["geometry_types"] == ["MultiPolygon", "Polygon"]
    shapes = dict(zip(table[KEY].to_pylist(), table[geo["primary_column"]].to_pylist(), strict=True))
    assert shapes == {key: wkb for key, (_p, wkb) in kept(layer).items()}
    assert column["bbox"] == list(shapely.total_bounds(shapely.from_wkb(list(shapes.values()))))
    frame = geopandas.read_parquet(tmp_path / "p.parquet")
    assert frame.crs == STORAGE
    assert frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert {r[KEY]: r["floors"] for r in table.to_pylist()} == {k: p.get("floors") for k, p in ROWS.items()}


def test_csv_says_everything_and_runs_nothing(tmp_path: Path) -> None:
    layer = parcels()
    texts = {
        "=1+1": "'=1+1",
        "@SUM(A1)": "'@SUM(A1)",
        "+30 2610 123456": "+30 2610 123456",
        "-": "-",
        "-cmd|' /C calc'!A0": "'-cmd|' /C calc'!A0",
        "'=already": "''=already",
    }
    for number, text in enumerate(texts):
        FeatureFactory.create(layer=layer, key=f"f{number}", properties={KEY: f"f{number}", "name": text})
    exported("parcels", tmp_path / "p.csv", crs=str(settings.STORAGE_SRID))
    data = (tmp_path / "p.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = {row[KEY]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
    for number, written in enumerate(texts.values()):
        assert rows[f"f{number}"]["name"] == written
    for key, properties in ROWS.items():
        assert rows[key]["name"] == properties["name"]
        assert float(rows[key]["area"]) == properties["area"]
        assert rows[key]["floors"] == str(properties.get("floors", ""))
        assert same(shapely.from_wkt(rows[key]["wkt"]), shapes_of(layer)[key])


def test_xlsx_keeps_zeros_and_runs_no_formula(tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="007", properties={KEY: "007", "name": '=HYPERLINK("x")'})
    exported("parcels", tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["parcels"]
    head, *lines = list(sheet.iter_rows())
    names = [cell.value for cell in head]
    rows = {line[names.index(KEY)].value: dict(zip(names, line, strict=True)) for line in lines}
    assert set(rows) == {*ROWS, "007"}
    assert rows["007"]["name"].value == '=HYPERLINK("x")'
    assert rows["007"]["name"].data_type == "s"
    assert rows["050120301002"]["floors"].value == -2
    assert rows["050120301002"]["listed"].value is False
    assert rows["050120301001"]["area"].value == 123.45


def test_xlsx_refuses_more_rows_than_a_sheet_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parcels()
    monkeypatch.setattr(workbook, "ROWS_LIMIT", 2)
    with translation.override("en"), pytest.raises(TooManyRows, match="at most 2 rows and these are 3"):
        exported("parcels", tmp_path / "p.xlsx")


def test_kml_is_in_degrees_with_every_digit(tmp_path: Path) -> None:
    layer = parcels()
    exported("parcels", tmp_path / "p.kml")
    about, rows, shapes = read(tmp_path / "p.kml")
    assert about["crs"] == "EPSG:4326"
    back = Transformer.from_crs("OGC:CRS84", STORAGE, always_xy=True)
    for row, shape in zip(rows, shapes, strict=True):
        own = shapes_of(layer)[row[KEY]]
        moved = shapely.transform(shape, lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])))
        assert shapely.hausdorff_distance(moved, own) < 1e-6
        # GDAL has a field “Name” of its own, so it calls ours by another name.
        assert row["name2"] == ROWS[row[KEY]]["name"]
        assert row["area"] == ROWS[row[KEY]]["area"]


def test_dxf_draws_outlines_holes_and_names(tmp_path: Path) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="Ω-1", properties={KEY: "Ω-1"}, geom=there("POINT (1.5 2.5)"))
    exported("parcels", tmp_path / "p.dxf")
    document = ezdxf.filemanagement.readfile(tmp_path / "p.dxf")
    lines: list[Any] = list(document.modelspace().query("POLYLINE"))
    rings = [shapely.get_coordinates(ring) for shape in shapes_of(layer).values() for ring in _rings(shape)]
    assert len(lines) == len(rings) == 5
    assert all(line.is_closed for line in lines)
    drawn = sorted([(point[0], point[1]) for line in lines for point in line.points()])
    own = sorted(tuple(corner) for ring in rings for corner in ring[:-1].tolist())
    assert np.abs(np.array(drawn) - np.array(own)).max() < 1e-6
    assert {decode_dxf_unicode(text.dxf.text) for text in document.modelspace().query("TEXT")} == {
        *ROWS,
        "Ω-1",
    }


def _rings(shape: Any) -> list[Any]:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return [ring for part in parts for ring in (part.exterior, *part.interiors)]


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "geojson", "parquet"])
@pytest.mark.parametrize(("crs", "code"), [("crs84", "EPSG:4326"), ("3857", "EPSG:3857")])
def test_other_systems_are_named_and_right(ending: str, crs: str, code: str, tmp_path: Path) -> None:
    layer = parcels()
    path = tmp_path / f"p.{ending}"
    exported("parcels", path, crs=crs)
    if ending == "parquet":
        table = pq.read_table(path)
        keys, shapes = table[KEY].to_pylist(), shapely.from_wkb(table["geometry"].to_pylist())
    else:
        about, rows, found = read(path)
        assert about["crs"] == code
        keys, shapes = [row[KEY] for row in rows], np.array(found)
    back = Transformer.from_crs("OGC:CRS84" if crs == "crs84" else code, STORAGE, always_xy=True)
    moved = shapely.transform(shapes, lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])))
    for key, shape in zip(keys, moved, strict=True):
        assert shapely.hausdorff_distance(shape, shapes_of(layer)[key]) < 1e-6

"""File geodatabases: the folder itself, or zipped under any name."""

import shutil
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from importers.sources import ReadOptions, open_source
from tests.importers.files import square
from tests.importers.readings import read, refusal


def test_layers_of_a_folder_are_chosen_by_name(tmp_path: Path) -> None:
    path = _write(tmp_path, κάδοι=3, φώτα=2)
    assert refusal(path) == "choose_layer_inside"
    with open_source(path, ReadOptions(source_layer="φώτα")) as source:
        assert (source.crs, source.layers) == ("EPSG:2100", ["κάδοι", "φώτα"])
        (batch,) = source.batches()
    assert [record["name"] for record in batch.records] == ["Ά0", "Ά1"]
    assert shapely.area(batch.geometries) == pytest.approx([10_000, 10_000])


@pytest.mark.parametrize("folder", ["data.gdb/", "deep/Δεδομένα.gdb/", "data/", ""])
def test_a_zipped_geodatabase_is_read(tmp_path: Path, folder: str) -> None:
    path = _zipped(tmp_path, _write(tmp_path, κάδοι=3), folder)
    assert len(read(path)[0]) == 3


def test_a_geodatabase_beside_another_file_in_a_zip_is_chosen_by_both_names(tmp_path: Path) -> None:
    path = _zipped(tmp_path, _write(tmp_path, κάδοι=3, φώτα=2), "data.gdb/")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("other.geojson", '{"type": "Point", "coordinates": [1, 2]}')
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="data") == "choose_layer_inside"
    assert len(read(path, source_layer="data/φώτα")[0]) == 2
    assert len(read(path, source_layer="other")[0]) == 1


def test_tables_without_places_are_offered_only_when_none_are_needed(tmp_path: Path) -> None:
    path = _write(tmp_path, κάδοι=3)
    _write_table(path)
    assert len(read(path)[0]) == 3
    (batch,) = read(path, without_place=True, source_layer="πίνακας")
    assert [record["t"] for record in batch.records] == ["α", "β"]
    assert [shape is None for shape in batch.geometries] == [True, True]


def test_a_link_in_the_folder_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, κάδοι=1)
    table = sorted(path.glob("*.gdbtable"))[-1]
    table.rename(tmp_path / "elsewhere")
    table.symlink_to(tmp_path / "elsewhere")
    assert refusal(path) == "not_what_it_says"


def test_a_folder_that_is_no_geodatabase_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gdb"
    path.mkdir()
    assert refusal(path) == "not_what_it_says"
    (path / "a00000001.gdbtable").write_bytes(b"<OGRVRTDataSource/>")
    assert refusal(path) == "not_what_it_says"


def test_a_geodatabase_that_lost_its_rows_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, κάδοι=50)
    rows = max(path.glob("a*.gdbtable"))
    rows.write_bytes(rows.read_bytes()[:-1500])
    assert refusal(path) in {"not_what_it_says", "broken_file", "choose_layer_inside", "nothing_inside"}


def _write(folder: Path, **layers: int) -> Path:
    path = folder / "a.gdb"
    for name, count in layers.items():
        wkb = shapely.to_wkb(np.array([square(200 * index, 0) for index in range(count)], dtype=object))
        names = np.array([f"Ά{index}" for index in range(count)], dtype=object)
        pyogrio.raw.write(
            path,
            wkb,
            [names],
            ["name"],
            driver="OpenFileGDB",
            layer=name,
            crs="EPSG:2100",
            geometry_type="Polygon",
            append=path.exists(),
        )
    return path


def _write_table(path: Path) -> None:
    values = np.array(["α", "β"], dtype=object)
    pyogrio.raw.write(
        path,
        None,
        [values],
        ["t"],
        driver="OpenFileGDB",
        layer="πίνακας",
        geometry_type=None,
        crs=None,
        append=True,
    )


def _zipped(folder: Path, database: Path, inside: str) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for part in sorted(database.iterdir()):
            packed.write(part, f"{inside}{part.name}")
    shutil.rmtree(database)
    return path

"""Zips as people make them: folders, Greek names, several layers, other archives; and as attackers do."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from importers.sources import ReadOptions, open_source
from importers.sources.archive_names import names_of, path_of
from tests.importers.readings import read, refusal, squares


def test_layers_of_the_same_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    _add(path, squares(tmp_path / "roads.shp", 2), "north/")
    _add(path, squares(tmp_path / "roads.shp", 4), "south/deep/")
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="roads") == "no_such_layer_inside"
    with open_source(path, ReadOptions(source_layer="south/deep/roads")) as source:
        assert source.layers == ["north/roads", "south/deep/roads"]
        assert len(next(source.batches())) == 4


def test_files_of_the_same_name_are_told_apart_by_their_extensions(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    _add(path, squares(tmp_path / "roads.shp", 2))
    packed_package = squares(tmp_path / "roads.gpkg", 3)
    with zipfile.ZipFile(path, "a") as packed:
        packed.write(packed_package, "roads.gpkg")
    assert len(read(path, source_layer="roads.gpkg")[0]) == 3
    assert len(read(path, source_layer="roads.shp")[0]) == 2


def test_the_parts_of_a_shapefile_may_differ_in_case(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    shp = squares(tmp_path / "roads.shp", 2)
    with zipfile.ZipFile(path, "w") as packed:
        for part in tmp_path.glob("roads.*"):
            packed.write(part, f"ROADS{part.suffix.upper()}" if part.suffix != ".dbf" else part.name)
    assert shp.exists()
    with open_source(path, ReadOptions()) as source:
        assert "2100" in source.crs
        assert len(next(source.batches())) == 2


@pytest.mark.parametrize("raw", ["δρόμοι/Οδοί.gpkg".encode("cp737"), "δρόμοι/Οδοί.gpkg".encode()])
def test_greek_names_without_the_mark_of_their_encoding_are_readable(raw: bytes) -> None:
    member = zipfile.ZipInfo(raw.decode("cp437"))
    assert str(path_of(member)) == "δρόμοι/Οδοί.gpkg"


def test_names_with_backslashes_are_paths(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("a")
    member.filename = "north\\roads.shp"
    assert path_of(member).name == "roads.shp"
    assert names_of([]) == []


def test_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    _add(inner, squares(tmp_path / "roads.shp"))
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(inner, "inner.zip")
    assert refusal(path) == "zip_in_zip"


def test_a_link_in_a_zip_is_left_alone(tmp_path: Path) -> None:
    target = squares(tmp_path / "secret.gpkg")
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("a.gpkg")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(link, str(target))
    assert refusal(path) == "nothing_inside"


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.geojson", "{}")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "locked"


def test_a_list_of_entries_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 65535, 65535, 1 << 30, 0, 0))
    assert refusal(path) == "file_too_large"


def test_a_bomb_in_many_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.sources.archive.RATIO_MATTERS_FROM", 1 << 20)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.gdb/a00000001.gdbtable", b"\3\0\0\0")
        for part in range(20):
            packed.writestr(f"a.gdb/a{part:08x}.gdbtablx", bytes(100_000))
    assert refusal(path) == "file_too_large"


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    _add(path, squares(tmp_path / "roads.shp", 50))
    data = path.read_bytes()
    for broken in (data[:200], data[: len(data) // 2], data[:60] + b"\xff" * 40 + data[100:]):
        path.write_bytes(broken)
        assert refusal(path) == "not_what_it_says"


def _add(path: Path, shp: Path, folder: str = "") -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(shp.parent.glob(f"{shp.stem}.*")):
            packed.write(part, folder + part.name)
            part.unlink()

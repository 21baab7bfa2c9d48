"""Zip files are unpacked with bounds and into their own folder."""

import zipfile
from pathlib import Path

import pytest

from importers.sources import archive
from tests.importers.readings import read, refusal, squares


def test_a_zipped_shapefile_is_read(tmp_path: Path) -> None:
    shp = squares(tmp_path / "areas.shp")
    path = _zipped(tmp_path / "a.zip", shp, folder="deep/er")
    assert len(read(path)[0]) == 3


def test_a_zip_of_two_asks_for_a_choice(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.zip", squares(tmp_path / "one.shp"))
    _zipped(path, squares(tmp_path / "two.shp", 5), mode="a")
    assert refusal(path) == "choose_layer_inside"
    assert len(read(path, source_layer="two")[0]) == 5


def test_a_zip_writes_nowhere_but_into_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    gpkg = squares(tmp_path / "areas.gpkg")
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(gpkg, "../../evil.gpkg")
    assert len(read(path)[0]) == 3
    assert not (tmp_path.parent / "evil.gpkg").exists()


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_MATTERS_FROM", 1 << 16)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.geojson", "{" + " " * (1 << 20))
    assert refusal(path) == "file_too_large"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing here")
    assert refusal(path) == "nothing_inside"


def _zipped(path: Path, shp: Path, *, folder: str = "", mode: str = "w") -> Path:
    with zipfile.ZipFile(path, mode) as packed:  # type: ignore[call-overload]
        for part in sorted(shp.parent.glob(f"{shp.stem}.*")):
            if part.suffix != ".zip":
                packed.write(part, f"{folder}/{part.name}" if folder else part.name)
    return path

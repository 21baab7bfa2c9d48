"""FlatGeobuf: every row once, whole files only."""

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from importers.sources import ReadOptions, open_source
from tests.importers.files import square
from tests.importers.readings import read, refusal


def test_values_and_places_are_kept(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        2,
        όνομα=np.array(["Άγιος", ""], dtype=object),
        whole=np.array([5, 6]),
        real=np.array([0.5, np.nan]),
        code=np.array(["007", "008"], dtype=object),
        at=np.array(["2024-02-29T12:30:00", "NaT"], dtype="datetime64[ms]"),
    )
    with open_source(path, ReadOptions()) as source:
        assert (source.crs, source.layers) == ("EPSG:2100", ["a"])
        assert source.fields == ["όνομα", "whole", "real", "code", "at"]
        (batch,) = source.batches()
        assert source.share_read() == 1
    records = sorted(batch.records, key=lambda record: record["whole"])
    assert records == [
        {"όνομα": "Άγιος", "whole": 5, "real": 0.5, "code": "007", "at": "2024-02-29T12:30:00"},
        {"whole": 6, "code": "008"},
    ]
    assert shapely.area(batch.geometries).tolist() == [10_000, 10_000]


def test_a_large_file_comes_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.sources.arrow.rows_per_batch", lambda size, rows: 10)
    path = _write(tmp_path, 35, id=np.arange(35))
    batches = read(path)
    assert [len(batch) for batch in batches] == [10, 10, 10, 5]
    assert [batch.first_row for batch in batches] == [1, 11, 21, 31]
    assert sorted(record["id"] for batch in batches for record in batch.records) == list(range(35))


@pytest.mark.parametrize("cut", [1, 50, 400, 3000])
def test_a_truncated_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = _write(tmp_path, 50, id=np.arange(50))
    path.write_bytes(path.read_bytes()[:-cut])
    assert refusal(path) in {"not_what_it_says", "broken_file"}


def test_a_header_longer_than_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.fgb"
    path.write_bytes(b"fgb\x03fgb\x00" + (1 << 30).to_bytes(4, "little") + b"\0" * 100)
    assert refusal(path) == "not_what_it_says"


def _write(folder: Path, count: int, **columns: Any) -> Path:
    path = folder / "a.fgb"
    wkb = shapely.to_wkb(np.array([square(200 * index, 0) for index in range(count)], dtype=object))
    pyogrio.raw.write(
        path,
        wkb,
        list(columns.values()),
        list(columns),
        driver="FlatGeobuf",
        crs="EPSG:2100",
        geometry_type="Polygon",
    )
    return path

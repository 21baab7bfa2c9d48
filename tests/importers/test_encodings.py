"""Greek text survives, whatever wrote the file; what was guessed is said."""

from pathlib import Path

import pytest

from importers.encodings import named, recognised
from importers.errors import ImportRefused, UnknownEncoding, WrongEncoding
from importers.sources import ReadOptions, open_source
from tests.importers.files import square, write, write_csv, write_dbf_in

TEXTS = ["Άγιος Νικόλαος", "Ψαροφάι", "Οδός Αγίας Σοφίας 12"]


def names(path: Path, encoding: str = "") -> list[str]:
    with open_source(path, ReadOptions(encoding=encoding)) as source:
        return [record["NAME"] for batch in source.batches() for record in batch.records]


@pytest.mark.parametrize("encoding", ["cp1253", "iso8859-7", "cp737", "utf-8"])
def test_a_table_without_cpg_is_recognised_by_its_bytes(tmp_path: Path, encoding: str) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", encoding, TEXTS)
    with open_source(path, ReadOptions()) as source:
        assert source.encoding.name == encoding
        assert source.encoding.guessed == (encoding != "utf-8")
        assert encoding == "utf-8" or "Άγιος Νικόλαος" in source.encoding.sample
    assert names(path) == TEXTS


@pytest.mark.parametrize("told", ["1253", "ANSI 1253", "cp1253", "windows-1253\n"])
def test_the_cpg_is_believed(tmp_path: Path, told: str) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", "cp1253", TEXTS)
    path.with_suffix(".CPG").write_text(told)
    with open_source(path, ReadOptions()) as source:
        assert (source.encoding.name, source.encoding.guessed) == ("cp1253", False)
    assert names(path) == TEXTS


def test_what_the_person_says_wins(tmp_path: Path) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", "iso8859-7", ["Ά", "Ά"])
    path.with_suffix(".cpg").write_text("1253")
    assert names(path) == ["¶", "¶"]
    assert names(path, "ISO-8859-7") == ["Ά", "Ά"]


def test_a_false_cpg_is_refused_with_the_row(tmp_path: Path) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", "cp1253", ["plain", *TEXTS])
    path.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(WrongEncoding) as caught:
        names(path)
    assert caught.value.facts == {"encoding": "utf-8", "row": 2}


def test_a_character_cut_by_the_width_of_the_field_is_dropped_and_told(tmp_path: Path) -> None:
    text = "x" + "ά" * 60
    shapes = [square(0, 0), square(200, 0)]
    path = write(tmp_path / "areas.shp", shapes, {"NAME": [text, "Πάτρα"]}, encoding="UTF-8")
    _narrow(path.with_suffix(".dbf"), 10)
    path.with_suffix(".cpg").unlink()
    with open_source(path, ReadOptions()) as source:
        (batch,) = source.batches()
    assert [record["NAME"] for record in batch.records] == ["x" + "ά" * 4, "Πάτρα"]
    assert batch.cut_texts == [0]


@pytest.mark.parametrize("encoding", ["cp1253", "utf-8", "utf-8-sig"])
def test_a_greek_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    lines = ["NAME;ύψος;lon;lat", "Άνω Πόλη;12,5;21,73;38,24", "Ψηλά Αλώνια;8;21,74;38,25"]
    path = write_csv(tmp_path / "lamps.csv", lines, encoding)
    with open_source(path, ReadOptions()) as source:
        (batch,) = source.batches()
    assert [record["NAME"] for record in batch.records] == ["Άνω Πόλη", "Ψηλά Αλώνια"]
    assert [record["ύψος"] for record in batch.records] == [12.5, 8.0]
    assert [(shape.x, shape.y) for shape in batch.geometries] == [(21.73, 38.24), (21.74, 38.25)]


def test_names_of_encodings_are_read_as_people_write_them() -> None:
    assert named("ISO 88597").name == named("8859_7").name == named("iso-8859-7").name == "iso8859-7"
    assert named("OEM 737").name == "cp737"
    assert named("65001").name == "utf-8"
    with pytest.raises(UnknownEncoding):
        named("greek-ish")
    assert recognised(b"plain").name == "utf-8"


def test_an_encoding_that_decodes_no_text_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", ["NAME,lon,lat", "a,21,38"])
    with pytest.raises(ImportRefused):
        names(path, "base64")


def _narrow(dbf: Path, width: int) -> None:
    """Cut the one text field of a table to `width` bytes, as a program that counts bytes would have done."""
    data = dbf.read_bytes()
    header, length = int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little")
    rows = [data[at : at + 1 + width] for at in range(header, len(data) - length + 1, length)]
    head = bytearray(data[:header])
    head[10:12] = (1 + width).to_bytes(2, "little")
    head[32 + 16] = width
    dbf.write_bytes(bytes(head) + b"".join(rows) + b"\x1a")

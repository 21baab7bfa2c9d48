"""How the bytes of a file read: every candidate over the whole file, nothing where the file cannot be mistaken."""

from pathlib import Path

import pytest

from importers.encodings import Encoding
from importers.evidence.encoding import EncodingEvidence
from importers.evidence.text_bytes import pieces
from tests.importers.files import square, write, write_csv, write_dbf_in


def test_a_byte_that_does_not_fit_is_found_beyond_the_first_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.evidence.text_bytes.PIECE", 64)
    path = write_csv(tmp_path / "a.csv", ["name", *["Πάτρα"] * 200, "Ρίο"])
    fits = EncodingEvidence(path, Encoding("utf-8"))
    assert fits.fits("utf-8")
    path.write_bytes(path.read_bytes() + "Αίγιο\n".encode("cp1253"))
    spoilt = EncodingEvidence(path, Encoding("utf-8"))
    assert not spoilt.fits("utf-8")
    assert not spoilt.fits("cp1253")


def test_plain_text_has_nothing_to_choose(tmp_path: Path) -> None:
    found = EncodingEvidence(write_csv(tmp_path / "a.csv", ["name", "Patras"]), Encoding("utf-8")).as_json()
    assert (found["ascii_only"], found["candidates"], found["best"]) == (True, [], "utf-8")


def test_formats_that_name_their_encoding_have_no_candidates(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"name": ["Πάτρα"]})
    found = EncodingEvidence(path, Encoding("utf-8")).as_json()
    assert (found["candidates"], found["ascii_only"]) == ([], False)


def test_utf_16_is_not_doubted(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["name", "Πάτρα"], "utf-16")
    assert EncodingEvidence(path, Encoding("utf-16")).as_json()["candidates"] == []


def test_numbers_of_a_table_are_not_looked_at(tmp_path: Path) -> None:
    path = write_dbf_in(tmp_path / "a.shp", "cp1253", ["Άνω Πόλη", "plain", "Άνω Πόλη"])
    header, cells = pieces(path)
    assert header.split() == [b"KEY", b"NAME"]
    assert cells == "Άνω Πόλη\n".encode("cp1253")


def test_the_letter_that_tells_two_pages_apart_is_shown_first(tmp_path: Path) -> None:
    lines = ["name", "Πάτρα", "Ρίο", "Αίγιο", "Άγιος Ανδρέας"]
    found = EncodingEvidence(write_csv(tmp_path / "a.csv", lines, "iso8859-7"), None)
    assert found.best.name == "iso8859-7"
    assert found.samples("iso8859-7")[0] == "Άγιος Ανδρέας"
    assert found.samples("cp1253")[0] == "¶γιος Ανδρέας"

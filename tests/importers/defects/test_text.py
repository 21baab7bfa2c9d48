"""Text that does not say, or says falsely, how it is encoded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.defects.saying import Defect, check_english, check_greek, each, told
from tests.importers.files import square, write, write_csv, write_dbf_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

TEXTS = ["Άγιος Νικόλαος", "Ψαροφάι"]
SAMPLE = "Άγιος Νικόλαος · Ψαροφάι"


def table_in(encoding: str, cpg: str = "") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = write_dbf_in(folder / "areas.shp", encoding, TEXTS)
        if cpg:
            path.with_suffix(".cpg").write_text(cpg)
        return path

    return make


def spreadsheet(folder: Path) -> Path:
    lines = [
        "KEY;Όνομα;ύψος;ημερομηνία;lon;lat",
        "1;Άγιος Νικόλαος;12,5;31/12/2024;21,73;38,24",
        "2;Ψαροφάι;8;1/2/2025;21,74;38,25",
    ]
    return write_csv(folder / "lamps.csv", lines, "cp1253")


def geojson(folder: Path) -> Path:
    feature = (
        '{"type": "Feature", "properties": {"KEY": "1", "NAME": "Άγιος Νικόλαος"}, '
        '"geometry": {"type": "Point", "coordinates": [21.73, 38.24]}}'
    )
    path = folder / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [' + feature + "]}", encoding="cp1253")
    return path


def half_a_letter(folder: Path) -> Path:
    path = write(
        folder / "a.shp", [square(0, 0)], {"KEY": ["1"], "NAME": ["x" + "ά" * 126]}, encoding="UTF-8"
    )
    dbf = path.with_suffix(".dbf")
    data = dbf.read_bytes()
    # The field is as wide as its text; one byte less is half an ά.
    dbf.write_bytes(data.rstrip(b"\x1a ").removesuffix("ά".encode()) + "ά".encode()[:1] + b" \x1a")
    return path


def guessed(encoding: str, sample: str = SAMPLE) -> str:
    return f"The file does not name its text encoding; {encoding} was recognised: {sample}."


DEFECTS = [
    Defect(
        "windows-1253 without a .cpg",
        table_in("cp1253"),
        "no_encoding",
        guessed("cp1253"),
        ("cp1253", SAMPLE),
    ),
    Defect(
        "ISO-8859-7 without a .cpg",
        table_in("iso8859-7"),
        "no_encoding",
        guessed("iso8859-7"),
        ("iso8859-7", SAMPLE),
    ),
    Defect("cp737 without a .cpg", table_in("cp737"), "no_encoding", guessed("cp737"), ("cp737", SAMPLE)),
    Defect(
        "a .cpg that says UTF-8 and is wrong",
        table_in("cp1253", "UTF-8"),
        "wrong_encoding",
        "The text of the file is not utf-8 (first seen in row 1). Give another one with --encoding, for example "
        f"cp1253, iso-8859-7 or cp737. Read as cp1253 it says: {SAMPLE}.",
        ("utf-8", "--encoding", SAMPLE),
    ),
    Defect(
        "a .cpg that says Latin and is wrong",
        table_in("cp1253", "ISO-8859-1"),
        "encoding_other",
        "The text encoding looks wrong: iso8859-1 gives hardly any Greek letters, cp1253 does: "
        f"{SAMPLE}. If that reads well, import it with --encoding cp1253.",
        ("iso8859-1", "--encoding cp1253", SAMPLE),
    ),
    Defect(
        "a Greek spreadsheet",
        spreadsheet,
        "dates_as_text",
        "These fields hold dates as text: ημερομηνία.",
        ("ημερομηνία",),
    ),
    Defect(
        "GeoJSON in windows-1253",
        geojson,
        "no_encoding",
        guessed("cp1253", "Άγιος Νικόλαος"),
        ("cp1253", "Άγιος Νικόλαος"),
    ),
    Defect(
        "half a letter at the end of a field",
        half_a_letter,
        "text_cut",
        "A text ends in half a character, as fields of fixed length do; the half was left out.",
    ),
]


@each(DEFECTS)
def test_the_defect_is_told(defect: Defect, tmp_path: Path) -> None:
    check_english(defect, tmp_path)


@each(DEFECTS)
def test_the_defect_is_told_in_greek(defect: Defect, tmp_path: Path) -> None:
    check_greek(defect, tmp_path)


@pytest.mark.parametrize("encoding", ["cp1253", "iso8859-7", "cp737"])
def test_every_candidate_is_shown_with_the_same_texts(tmp_path: Path, encoding: str) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", encoding, TEXTS)
    evidence = told(path, "en", {}, {"key": "KEY"}).report.evidence["encoding"]
    shown = {one["name"]: one for one in evidence["candidates"]}
    assert (evidence["chosen"], evidence["best"], evidence["guessed"]) == (encoding, encoding, True)
    assert list(shown) == ["utf-8", "cp1253", "iso8859-7", "cp737"]
    assert shown[encoding]["samples"] == TEXTS
    assert shown[encoding]["fits"]
    assert shown[encoding]["greek_share"] == 1
    assert not shown["utf-8"]["fits"]
    assert [one["samples"] for one in evidence["candidates"] if one["samples"] == TEXTS] == [TEXTS]


def test_a_false_cpg_does_not_end_the_check(tmp_path: Path) -> None:
    """The file is read on in the encoding that fits, so that one check tells it all."""
    path = table_in("cp1253", "UTF-8")(tmp_path)
    evidence = told(path, "en", {}, {"key": "KEY"}).report.evidence
    assert (evidence["encoding"]["chosen"], evidence["encoding"]["best"]) == ("utf-8", "cp1253")
    assert [field["examples"] for field in evidence["fields"]] == [["K0", "K1"], TEXTS]
    assert evidence["geometry"]["types"] == {"Polygon": 2}

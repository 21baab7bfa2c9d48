"""KML and KMZ: every placemark with its fields, its folder, and its place."""

import zipfile
from pathlib import Path

import pytest
import shapely

from importers.sources import ReadOptions, kml, open_source
from importers.sources.base import Batch
from tests.importers.readings import read, refusal

SCHEMA = """<Schema name="λάμπες" id="lamps"><SimpleField name="Ισχύς" type="int"/>
<SimpleField name="Ύψος" type="float"/>
<SimpleField name="Κωδικός" type="string"/><SimpleField name="ΤΚ" type="int"/>
<SimpleField name="On" type="bool"/></Schema>"""
DATA = """<ExtendedData><SchemaData schemaUrl="#lamps"><SimpleData name="Ισχύς">70</SimpleData>
<SimpleData name="Ύψος">8.5</SimpleData><SimpleData name="Κωδικός">007</SimpleData>
<SimpleData name="ΤΚ">02631</SimpleData>
<SimpleData name="On">1</SimpleData></SchemaData></ExtendedData>"""
PLACE = "<Point><coordinates>21.73,38.24,5</coordinates></Point>"


def test_schema_fields_with_greek_names_are_typed(tmp_path: Path) -> None:
    batch = _read(tmp_path, f"{SCHEMA}<Placemark id='p1'><name>Λάμπα</name>{DATA}{PLACE}</Placemark>")
    assert batch.records == [
        {"id": "p1", "name": "Λάμπα", "Ισχύς": 70, "Ύψος": 8.5, "Κωδικός": "007", "ΤΚ": "02631", "On": True}
    ]
    assert batch.geometries[0] == shapely.Point(21.73, 38.24, 5)


def test_folders_are_a_field(tmp_path: Path) -> None:
    inner = f"<Folder><name> Βόρεια </name><Placemark>{PLACE}</Placemark></Folder>"
    document = f"<Folder><name>Κάδοι</name><Placemark>{PLACE}</Placemark>{inner}</Folder><Placemark>{PLACE}</Placemark>"
    batch = _read(tmp_path, document)
    assert [record.get("folder") for record in batch.records] == ["Κάδοι", "Κάδοι / Βόρεια", None]


def test_fields_of_the_same_name_are_all_kept(tmp_path: Path) -> None:
    data = "".join(f"<Data name='name'><value>{value}</value></Data>" for value in ("a", "b", "a"))
    batch = _read(
        tmp_path, f"<Placemark><name>a</name><ExtendedData>{data}</ExtendedData>{PLACE}</Placemark>"
    )
    assert batch.records == [{"name": "a", "name_2": "b"}]


def test_data_without_a_schema_times_and_other_elements_are_fields(tmp_path: Path) -> None:
    data = "<Data name='Δρόμος'><value> Κορίνθου </value></Data><x:number xmlns:x='u'>14</x:number>"
    span = "<TimeSpan><begin>2024-01-01</begin><end>2024-02-01</end></TimeSpan>"
    batch = _read(tmp_path, f"<Placemark>{span}<ExtendedData>{data}</ExtendedData>{PLACE}</Placemark>")
    assert batch.records == [
        {"begin": "2024-01-01", "end": "2024-02-01", "Δρόμος": "Κορίνθου", "number": "14"}
    ]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("<Point><coordinates> 1 , 2 </coordinates></Point>", "POINT (1 2)"),
        ("<LineString><coordinates>1,2 3,4,5</coordinates></LineString>", "LINESTRING (1 2, 3 4)"),
        (
            "<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>",
            "LINESTRING (0 0, 1 0, 1 1, 0 0)",
        ),
        (
            (
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0</coordinates></LinearRing>"
                "</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>5,1 8,1 8,4 5,1</coordinates></LinearRing>"
                "</innerBoundaryIs></Polygon>"
            ),
            "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 1, 8 4, 5 1))",
        ),
        (
            (
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9</coordinates></LinearRing>"
                "</outerBoundaryIs></Polygon>"
            ),
            "POLYGON ((0 0, 9 0, 9 9, 0 0))",
        ),
        (
            (
                "<MultiGeometry><Point><coordinates>1,2</coordinates></Point><MultiGeometry><Point><coordinates>3,4"
                "</coordinates></Point></MultiGeometry></MultiGeometry>"
            ),
            "MULTIPOINT ((1 2), (3 4))",
        ),
        (
            (
                "<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>3,4 5,6"
                "</coordinates></LineString></MultiGeometry>"
            ),
            "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (3 4, 5 6))",
        ),
        (
            "<gx:Track><when>2024</when><gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord></gx:Track>",
            "LINESTRING Z (1 2 0, 3 4 0)",
        ),
        ("<Model><Location><longitude>1</longitude><latitude>2</latitude></Location></Model>", "POINT (1 2)"),
    ],
)
def test_every_kind_of_shape_is_read(tmp_path: Path, shape: str, expected: str) -> None:
    batch = _read(tmp_path, f"<Placemark>{shape}</Placemark>")
    assert shapely.to_wkt(batch.geometries[0], rounding_precision=6) == expected
    assert not batch.problems


@pytest.mark.parametrize("coordinates", ["no,no", "1", "1,nan", "1;2", "1,2 x,4"])
def test_what_is_no_place_is_told_from_none(tmp_path: Path, coordinates: str) -> None:
    bad = f"<Placemark><LineString><coordinates>{coordinates}</coordinates></LineString></Placemark>"
    none = "<Placemark><Point><coordinates> </coordinates></Point></Placemark><Placemark/>"
    batch = _read(tmp_path, bad + none)
    assert {index: problem.code for index, problem in batch.problems.items()} == {0: "bad_geometry"}
    assert [shape is None for shape in batch.geometries] == [True] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1253", "iso-8859-7"])
def test_the_encoding_of_the_first_line_is_honoured(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.kml"
    text = f"<?xml version='1.0' encoding=\"{encoding}\"?><kml>"
    text += f"<Placemark><name>Άγιος Ανδρέας</name>{PLACE}</Placemark></kml>"
    path.write_text(text, encoding=encoding)
    assert read(path)[0].records == [{"name": "Άγιος Ανδρέας"}]


def test_another_encoding_than_the_first_line_says_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    text = f"<kml><Placemark><name>Άγιος</name>{PLACE}</Placemark></kml>"
    path.write_text(text, encoding="windows-1253")
    assert refusal(path) == "wrong_encoding"
    assert read(path, encoding="cp1253")[0].records == [{"name": "Άγιος"}]


def test_prefixes_declared_or_not_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text(
        "<kml:kml><kml:Placemark><kml:name>a</kml:name><kml:Point><kml:coordinates>1,2</kml:coordinates></kml:Point>"
        "</kml:Placemark></kml:kml>"
    )
    assert read(path)[0].geometries[0] == shapely.Point(1, 2)


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_truncated_document_is_refused(tmp_path: Path, cut: int) -> None:
    path = _write(tmp_path, f"<Placemark><name>a</name>{PLACE}</Placemark>" * 5)
    path.write_bytes(path.read_bytes()[:-cut])
    assert refusal(path) == "not_what_it_says"


def test_a_document_without_placemarks_is_refused(tmp_path: Path) -> None:
    assert refusal(_write(tmp_path, "<name>none</name>")) == "nothing_inside"


def test_a_long_document_comes_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kml, "ROWS_PER_BATCH", 10)
    monkeypatch.setattr("importers.sources.xml_stream.PIECE", 64)
    path = _write(tmp_path, "".join(f"<Placemark><name>Ά{n}</name>{PLACE}</Placemark>" for n in range(25)))
    batches = read(path)
    assert [len(batch) for batch in batches] == [10, 10, 5]
    assert [batch.first_row for batch in batches] == [1, 11, 21]
    assert [record["name"] for batch in batches for record in batch.records] == [f"Ά{n}" for n in range(25)]


def test_a_placemark_too_long_to_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.sources.xml_trees.LONGEST_TREE", 1 << 14)
    path = _write(tmp_path, f"<Placemark><name>{'x' * (1 << 15)}</name></Placemark>")
    assert refusal(path) == "too_long_value"
    deep = "<MultiGeometry>" * 300 + "</MultiGeometry>" * 300
    assert refusal(_write(tmp_path, f"<Placemark>{deep}</Placemark>")) == "too_long_value"


def test_the_document_of_a_kmz_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.kmz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("files/other.kml", "<kml/>")
        packed.writestr("files/picture.png", b"png")
        packed.write(_write(tmp_path, f"<Placemark><name>ένα</name>{PLACE}</Placemark>"), "doc.kml")
    assert read(path)[0].records == [{"name": "ένα"}]
    with open_source(path, ReadOptions()) as source:
        assert (source.crs, source.layers) == ("OGC:CRS84", [])


def test_a_kmz_in_a_zip_is_read(tmp_path: Path) -> None:
    inner = tmp_path / "places.kmz"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.write(_write(tmp_path, f"<Placemark><name>ένα</name>{PLACE}</Placemark>"), "doc.kml")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(inner, inner.name)
    assert read(path)[0].records == [{"name": "ένα"}]


def _write(folder: Path, content: str) -> Path:
    path = folder / "a.kml"
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    path.write_text(f"{head}{content}</Document></kml>", encoding="utf-8")
    return path


def _read(folder: Path, content: str) -> Batch:
    (batch,) = read(_write(folder, content))
    return batch

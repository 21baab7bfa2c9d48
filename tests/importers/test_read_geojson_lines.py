"""GeoJSON, one document after another: a line each, or with the record separator before each."""

import json
from pathlib import Path

import pytest
import shapely

from tests.importers.readings import read, refusal

FEATURES = [
    {
        "type": "Feature",
        "properties": {"id": n, "name": "Άγιος\n"},
        "geometry": {"type": "Point", "coordinates": [n, 2]},
    }
    for n in range(3)
]


@pytest.mark.parametrize("name", ["a.geojsonl", "a.ndjson", "a.geojsons", "a.geojson"])
@pytest.mark.parametrize("form", ["{}\n", "\x1e{}\n", "{}\r\n\r\n", "{} ", "{}"])
def test_every_document_is_read(tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / name
    path.write_text("".join(form.format(json.dumps(feature, ensure_ascii=False)) for feature in FEATURES))
    (batch,) = read(path)
    assert [record["id"] for record in batch.records] == [0, 1, 2]
    assert batch.records[2]["name"] == "Άγιος\n"
    assert batch.geometries[2] == shapely.Point(2, 2)


@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
def test_documents_may_be_of_different_forms(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    collection = {"type": "FeatureCollection", "features": FEATURES}
    path.write_text(
        "\n".join(json.dumps(part) for part in (collection, FEATURES[0], FEATURES[1]["geometry"]))
    )
    assert len(read(path)[0]) == 5


@pytest.mark.parametrize("name", ["a.ndjson", "a.geojson"])
def test_what_comes_after_the_rows_is_not_passed_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = "\n".join(json.dumps(feature) for feature in FEATURES)
    for rest in (
        '\n{"type": "Feature", "geom',
        "\nrubbish",
        "]",
        '\n{"type": "Topology", "objects": {}}',
        "\n[1]",
    ):
        path.write_text(lines + rest)
        assert refusal(path) == "broken_file"


@pytest.mark.parametrize(
    "document",
    [
        {"type": "Topology", "objects": {"a": {"type": "Point", "coordinates": [1, 2]}}},
        {
            "features": [{"attributes": {"a": 1}, "geometry": {"x": 1, "y": 2}}],
            "geometryType": "esriGeometryPoint",
        },
        {"version": 8, "sources": {}, "layers": []},
    ],
)
def test_json_of_other_kinds_is_refused(tmp_path: Path, document: object) -> None:
    for name in ("a.json", "a.ndjson"):
        path = tmp_path / name
        path.write_text(json.dumps(document))
        assert refusal(path) == "not_what_it_says"

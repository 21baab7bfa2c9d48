"""A check tells everything in words and as one JSON document, and changes nothing."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from importers.models import ImportRun
from layers.models import Feature, Layer
from tests.importers.files import bowtie, point, square, write, write_dbf_in
from tests.importers.layers import current, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

TOP = {"rows", "encoding", "crs", "geometry", "keys", "fields", "extent", "sample", "changes", "warnings"}


def asked(*arguments: object) -> tuple[dict[str, Any], str, int]:
    """The document, the words beside it, and the exit code."""
    out, words, code = io.StringIO(), io.StringIO(), 0
    with translation.override("en"):
        try:
            call_command(*map(str, arguments), "--json", stdout=out, stderr=words)
        except CommandError as error:
            code = error.returncode
    return json.loads(out.getvalue()), words.getvalue(), code


def parcels(folder: Path, name: str = "parcels.gpkg", **fields: list[Any]) -> Path:
    shapes = [square(200 * index, 0) for index in range(3)]
    return write(folder / name, shapes, {"kaek": ["A", "B", "C"], **fields})


def test_a_check_prints_one_document_and_the_words_beside_it(tmp_path: Path) -> None:
    document, words, code = asked(
        "import_layer", parcels(tmp_path), "--layer", "a", "--key", "kaek", "--dry-run"
    )
    assert (document["state"], code) == ("checked", 0)
    assert document["counts"]["added"] == 3
    assert set(document["evidence"]) == TOP
    assert document["evidence"]["changes"]["added"] == 3
    assert "3 of 3 points fall in the municipality as GGRS87 / Greek Grid (EPSG:2100)" in words
    assert "This was a dry run" in words
    assert not Layer.objects.exists()
    assert not ImportRun.objects.exists()


def test_an_import_gathers_no_evidence(tmp_path: Path) -> None:
    document, words, code = asked("import_layer", parcels(tmp_path), "--layer", "a", "--key", "kaek")
    assert (document["state"], code, document["evidence"]) == ("done", 0, {})
    assert document["revision"] == Layer.objects.get().revision
    assert document["run"] == ImportRun.objects.get().pk
    assert "3 rows read: 3 added" in words


def test_a_refused_check_tells_what_it_found_too(tmp_path: Path) -> None:
    path = write_dbf_in(tmp_path / "areas.shp", "cp1253", ["Άγιος Νικόλαος"])
    path.with_suffix(".cpg").write_text("UTF-8")
    document, words, code = asked("import_layer", path, "--layer", "a", "--key", "KEY", "--dry-run")
    assert (document["state"], document["refusal"]["code"], code) == ("refused", "wrong_encoding", 1)
    assert document["evidence"]["encoding"]["best"] == "cp1253"
    assert "cp1253     Άγιος Νικόλαος" in words
    assert "utf-8      does not fit" in words


def test_a_file_that_is_not_there_is_one_document_too(tmp_path: Path) -> None:
    document, words, code = asked("import_layer", tmp_path / "no.gpkg", "--layer", "a", "--dry-run")
    assert (document["state"], document["refusal"]["code"], code) == ("refused", "file_missing", 1)
    assert words == ""


def test_changes_are_counted_by_field(tmp_path: Path) -> None:
    load(parcels(tmp_path, use=["park", "school", "park"], floors=[1, 2, 3]))
    before = {key: feature.pk for key, feature in current().items()}
    shapes = [square(0, 0), square(201, 0), square(600, 0)]
    fields: dict[str, list[Any]] = {
        "kaek": ["A", "B", "D"],
        "use": ["museum", "school", "park"],
        "floors": [2, 2, 3],
    }
    changed = write(tmp_path / "later.gpkg", shapes, fields)
    document, words, _ = asked("import_layer", changed, "--layer", "parcels", "--dry-run")
    changes = document["evidence"]["changes"]
    assert [changes[verdict] for verdict in ("added", "changed", "removed", "unchanged")] == [1, 2, 1, 0]
    assert changes["fields_changed"] == {"floors": 1, "use": 1}
    assert changes["geometry_changed"] == 1
    assert changes["examples"] == {"added": ["D"], "changed": ["A", "B"], "removed": ["C"]}
    assert "Changed fields, with how often: floors (1), use (1). Changed shapes: 1." in words
    assert "1 of the 3 features of the layer would end, which is more than 20 %." in words
    sampled = [row["properties"] for row in document["evidence"]["sample"]["features"]]
    assert {row["kaek"]: row.get("@change") for row in sampled} == {
        "A": "changed",
        "B": "changed",
        "D": "added",
    }
    assert {key: feature.pk for key, feature in current().items()} == before
    assert Feature.objects.count() == 3


def test_the_sample_lies_where_the_map_is(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mixed.gpkg", [bowtie(0, 0), point(50, 50)], {"kaek": ["A", "B"]}, geometry_type="Unknown"
    )
    evidence = asked("import_layer", path, "--layer", "a", "--key", "kaek", "--dry-run")[0]["evidence"]
    first, second = evidence["sample"]["features"]
    assert (first["id"], first["geometry"]["type"], first["properties"]) == (1, "MultiPolygon", {"kaek": "A"})
    lon, lat = second["geometry"]["coordinates"]
    west, south, east, north = evidence["extent"]
    assert west < lon < east
    assert south < lat < north
    assert 21 < west < 22
    assert evidence["geometry"]["repaired_area_before"] == evidence["geometry"]["repaired_area_after"] == 5000

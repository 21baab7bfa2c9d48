"""Mappings: kept by name, suggested for the next file, by names in Greek, English and greeklish."""

from pathlib import Path

import pytest
import yaml

from accounts.models import User
from importers.actions.mappings import save_mapping, saved_mapping
from importers.errors import NoSuchMapping
from importers.models import ImportRun, SavedMapping
from importers.rules.alike import folded
from importers.suggestions import suggest
from importers.targets import target_named
from layers.models import Feature
from tests.factories import Town
from tests.importers.files import square, write, write_csv
from tests.importers.test_commands import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "fold"),
    [
        ("Διεύθυνση", "dieythynsi"),
        ("ΔΙΕΥΘΥΝΣΗ", "dieythynsi"),
        ("Οδός ", "odos"),
        ("ODOS", "odos"),
        ("Τ.Κ.", "tk"),
    ],
)
def test_names_are_folded(written: str, fold: str) -> None:
    assert folded(written) == fold


@pytest.mark.parametrize(
    "fields",
    [
        ["ΟΔΟΣ", "ΑΡΙΘΜΟΣ", "Τ.Κ.", "ΠΟΛΗ", "X"],
        ["odos", "Αριθ", "Ταχυδρομικός Κώδικας", "Οικισμός", "fid"],
        ["STREET", "HOUSE_NUMBER", "ZIP", "CITY", "fid"],
    ],
)
def test_fields_of_addresses_are_recognised(fields: list[str]) -> None:
    street, number, postcode, place, _rest = fields
    assert suggest(fields, target_named("addresses")) == {
        "street": street,
        "number": number,
        "postcode": postcode,
        "place": place,
    }


def test_a_case_list_is_recognised_with_its_dates(town: Town) -> None:
    fields = ["Αρ. Πρωτ.", "ΚΑΤΗΓΟΡΙΑ", "ΗΜΕΡΟΜΗΝΙ", "ΚΑΤΑΣΤΑΣΗ", "ΔΙΕΥΘΥΝΣΗ", "ΠΑΡΑΤΗΡΗΣΕΙΣ"]
    document = suggest(
        fields, target_named("issues"), examples={"ΗΜΕΡΟΜΗΝΙ": ["3/2/2024", "28/2/2024 10:00"]}
    )
    assert document == {
        "category": "ΚΑΤΗΓΟΡΙΑ",
        "reported": {"field": "ΗΜΕΡΟΜΗΝΙ", "format": "d/m/y"},
        "external_id": "Αρ. Πρωτ.",
        "state": "ΚΑΤΑΣΤΑΣΗ",
        "description": "ΠΑΡΑΤΗΡΗΣΕΙΣ",
        "address": "ΔΙΕΥΘΥΝΣΗ",
    }
    assert sorted(target_named("issues").rules(document, "").fields) == sorted(fields)


def test_a_layer_needs_rules_only_for_other_spellings(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"kaek": ["01"], "area_m2": [1.5]})
    run("import_layer", path, "--layer", "parcels", "--key", "kaek")
    target = target_named("layer")
    examples = {"AREA_M2": ["1.250,5", "80"]}
    assert suggest(["ΚΑΕΚ", "AREA_M2", "new"], target, "parcels", examples=examples) == {
        "kaek": "ΚΑΕΚ",
        "area_m2": {"field": "AREA_M2", "decimal": ","},
    }
    assert suggest(["kaek", "area_m2"], target, "parcels") == {}
    assert suggest(["anything"], target, "not-there") == {}


def test_the_last_mapping_that_fits_comes_first(dora: User, bea: User) -> None:
    target = target_named("addresses")
    for name, document in (
        ("old", {"street": "A"}),
        ("new", {"street": "A", "number": "B"}),
        ("x", {"street": "Z"}),
    ):
        save_mapping(name=name, target="addresses", slug="", document=document, user=dora)
    assert suggest(["A", "B", "C"], target, user=dora) == {"street": "A", "number": "B"}
    assert suggest(["A", "C"], target, user=dora) == {"street": "A"}
    assert suggest(["A", "B"], target, user=bea) == {}


def test_a_mapping_is_saved_and_used_by_name(town: Town, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        yaml.safe_dump({"kaek": "ΚΑΕΚ", "others": "drop"}, allow_unicode=True), encoding="utf-8"
    )
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"ΚΑΕΚ": ["01"], "x": [1]})
    options = ("--layer", "parcels", "--key", "kaek")
    run("import_layer", path, *options, "--mapping", mapping, "--save-mapping", "κτηματολόγιο", "--dry-run")
    assert not SavedMapping.objects.exists()
    run("import_layer", path, *options, "--mapping", mapping, "--save-mapping", "κτηματολόγιο")
    assert saved_mapping(target="layer", name="κτηματολόγιο").document == {"kaek": "ΚΑΕΚ", "others": "drop"}
    assert "1 unchanged" in run("import_layer", path, *options, "--mapping-name", "κτηματολόγιο")
    assert Feature.objects.get().properties == {"kaek": "01"}
    last = ImportRun.objects.first()
    assert last is not None
    assert last.mapping == {"kaek": "ΚΑΕΚ", "others": "drop"}


def test_a_mapping_of_another_name_is_not_there(dora: User) -> None:
    save_mapping(name="α", target="layer", slug="", document={"a": "b"}, user=dora)
    with pytest.raises(NoSuchMapping) as caught:
        saved_mapping(target="layer", name="β")
    assert caught.value.facts["known"] == "α"
    save_mapping(name="α", target="layer", slug="parcels", document={"a": "c"}, user=dora)
    assert saved_mapping(target="layer", name="α").document == {"a": "c"}


def test_the_options_of_a_mapping_read_the_file(town: Town, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text("options: {source_crs: 'EPSG:2100', lon: Χ, lat: Ψ}\nstreet: ΟΔΟΣ\n", encoding="utf-8")
    path = write_csv(tmp_path / "a.csv", ["ΟΔΟΣ;Χ;Ψ", "Ερμού;300010;4230010"])
    assert "1 added" in run("import_addresses", path, "--mapping", mapping)

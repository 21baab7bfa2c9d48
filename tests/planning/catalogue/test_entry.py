"""`/plan/layers/<slug>/entry/`: planners say what a layer is and who sees it; nothing wrong is kept."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from layers.models import CodeList, Layer
from municipality.models import Department
from tests.conftest import SignIn
from tests.factories import LayerFactory, Town

pytestmark = pytest.mark.django_db
PATH = "/plan/layers/uses/entry/"


@pytest.fixture
def uses(db: None) -> Layer:
    CodeList.objects.create(slug="land-use-2018", title="Χρήσεις")
    fields = {
        "use": {"type": "string", "title": "Χρήση"},
        "far": {"type": "number", "title": "ΣΔ", "x-role": "far"},
    }
    layer: Layer = LayerFactory.create(
        slug="uses", title="Χρήσεις", theme="plan", field_schema={"type": "object", "properties": fields}
    )
    return layer


@pytest.fixture
def client(planner: User, sign_in: SignIn) -> Client:
    signed = sign_in(planner)
    signed.cookies["django_language"] = "en"
    return signed


def form(layer: Layer, **changes: Any) -> dict[str, Any]:
    given = {
        "revision": layer.revision,
        "title": layer.title,
        "theme": layer.theme,
        "visibility": layer.visibility,
        "other_rows": layer.other_rows,
        # The database keeps short names first.
        "field-0-title": "ΣΔ",
        "field-1-title": "Χρήση",
    }
    return {**given, **changes}


def test_words_and_facts_are_kept(client: Client, uses: Layer) -> None:
    said = {
        "title_en": "Land use",
        "description_en": "The plan",
        "theme": "land_use",
        "source": "ΦΕΚ 214/2019",
        "licence": "CC BY 4.0",
        "dated": "2019-10-09",
        "accuracy_metres": "2.5",
        "scale": "5000",
        "is_editable": "on",
    }
    answer = client.post(PATH, form(uses, **said))
    assert answer.status_code == 302
    assert answer["Location"] == "/plan/#layer-uses"
    kept = Layer.objects.get(slug="uses")
    assert (kept.title_en, kept.description_en, kept.theme) == ("Land use", "The plan", "land_use")
    assert (kept.dated, kept.accuracy_metres, kept.scale) == (date(2019, 10, 9), 2.5, 5000)
    assert kept.is_editable
    assert kept.revision == uses.revision + 1


def test_fields_get_titles_units_codes_and_readers_and_keep_the_rest(client: Client, uses: Layer) -> None:
    said = {
        "field-1-title_en": "Use",
        "field-1-codes": "land-use-2018",
        "field-0-unit": "m²/m²",
        "field-0-visibility": "staff",
    }
    assert client.post(PATH, form(uses, **said)).status_code == 302
    fields = Layer.objects.get(slug="uses").field_schema["properties"]
    assert fields["use"] == {"type": "string", "title": "Χρήση", "title_en": "Use", "codes": "land-use-2018"}
    far = {"type": "number", "title": "ΣΔ", "x-role": "far", "unit": "m²/m²", "visibility": "staff"}
    assert fields["far"] == far


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"public_rows": "use = = 'x'"}, "="),
        ({"public_rows": "owner = 'x'"}, "owner"),
        ({"visibility": "departments"}, "Choose at least one department"),
        ({"scale": "-5"}, "greater than or equal to 1"),
        ({"revision": 99}, "Somebody changed this layer in the meantime"),
        ({"field-0-codes": "nonsense"}, "nonsense is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, uses: Layer, wrong: dict[str, Any], sentence: str
) -> None:
    answer = client.post(PATH, form(uses, source="Νέα πηγή", **wrong))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'role="alert"' in shown
    assert sentence in shown
    assert "Νέα πηγή" in shown  # What was typed stays in the form.
    kept = Layer.objects.get(slug="uses")
    assert (kept.source, kept.revision) == (uses.source, uses.revision)


def test_a_layer_is_kept_for_departments(client: Client, uses: Layer, town: Town, planner: User) -> None:
    chosen = {"visibility": "departments", "departments": [town.planning.pk]}
    assert client.post(PATH, form(uses, **chosen)).status_code == 302
    kept = Layer.objects.get(slug="uses")
    assert list(kept.departments.all()) == [Department.objects.get(pk=town.planning.pk)]
    assert Client().get("/layers/uses/").status_code == 404


def test_what_is_hidden_from_the_planner_is_neither_told_nor_changed(
    client: Client, uses: Layer, town: Town
) -> None:
    hidden = {"type": "number", "title": "Οφειλή", "visibility": "departments"}
    schema = {"type": "object", "properties": {"debt": hidden, **uses.field_schema["properties"]}}
    rule = '"debt" < 500'
    Layer.objects.filter(pk=uses.pk).update(field_schema=schema, public_rows=rule, other_rows="departments")
    uses.departments.set([town.lighting_north])
    shown = client.get(PATH).content.decode()
    assert "debt" not in shown
    assert "Οφειλή" not in shown
    answer = client.post(PATH, form(uses, title="Άλλος τίτλος", visibility="public", public_rows=""))
    assert answer.status_code == 302
    kept = Layer.objects.get(slug="uses")
    assert (kept.title, kept.public_rows) == ("Άλλος τίτλος", rule)
    assert kept.field_schema["properties"]["debt"] == hidden

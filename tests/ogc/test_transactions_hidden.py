"""Part 4 and what a writer does not see: it stays as it is, and nothing tells of it."""

import pytest

from layers.actions import FeatureState, write_features
from layers.models import Feature, Layer, Visibility
from tests.factories import FeatureFactory, Town, box
from tests.ogc.asking import get
from tests.ogc.writing import FIRST, ITEMS, SECOND, Program, basic, code, feature, planner_of, plots

pytestmark = pytest.mark.django_db
OWNER = "Ελένη Παπαδοπούλου"


@pytest.fixture
def layer(town: Town) -> Layer:
    """`owner` is for chosen departments, of which Petra's is none; so is every row whose use is secret."""
    planner_of(town)
    layer = plots(public_rows="use <> 'secret'", other_rows=Visibility.DEPARTMENTS)
    owned(layer, OWNER)
    hidden = {"kaek": "061870000009", "use": "secret"}
    FeatureFactory.create(
        layer=layer, key="061870000009", properties=hidden, geom=box(5200, 5000, 5300, 5100)
    )
    return layer


@pytest.fixture
def program(layer: Layer) -> Program:
    return Program(basic())


def owned(layer: Layer, owner: str) -> None:
    properties = {"kaek": FIRST, "use": "housing", "floors": 1, "owner": owner}
    write_features(layer=layer, states=[FeatureState(FIRST, properties, box(5000, 5000, 5100, 5100))])


def stored(key: str) -> Feature:
    return Feature.objects.current().get(key=key)


def test_hidden_fields_are_kept(program: Program) -> None:
    assert "owner" not in program.get(f"{ITEMS}/{FIRST}").json()["properties"]
    assert program.put(FIRST, feature(kaek=FIRST)).status_code == 204
    assert stored(FIRST).properties == {"kaek": FIRST, "use": "shops", "owner": OWNER}
    assert program.patch(FIRST, {"properties": {"use": "park"}}).status_code == 204
    assert stored(FIRST).properties["owner"] == OWNER


def test_hidden_fields_are_no_fields_for_who_does_not_see_them(program: Program) -> None:
    answers = [
        program.put(FIRST, feature(kaek=FIRST, **{name: "x"})).json()["detail"].replace(name, "…")
        for name in ("owner", "nonsense")
    ]
    assert answers[0] == answers[1], "the same sentence as for a field that is not there"
    assert code(program.patch(FIRST, {"properties": {"owner": "x"}}), 400) == "invalid_properties"
    assert program.patch(FIRST, {"properties": {"owner": None}}).status_code == 204
    assert stored(FIRST).properties["owner"] == OWNER
    assert "owner" not in program.get("/ogc/api").content.decode()


def test_the_tag_tells_nothing_of_hidden_fields(program: Program, layer: Layer) -> None:
    tag = program.tag(FIRST)
    owned(layer, "Somebody else")
    assert program.tag(FIRST) == tag
    assert program.patch(FIRST, {"properties": {"floors": 2}}, **{"If-Match": tag}).status_code == 204
    assert stored(FIRST).properties == {
        "kaek": FIRST,
        "use": "housing",
        "floors": 2,
        "owner": "Somebody else",
    }


def test_hidden_rows_cannot_be_changed(program: Program) -> None:
    key = "061870000009"
    for answer in (
        program.put(key, feature(kaek=key)),
        program.patch(key, {"properties": {"use": "shops"}}),
        program.delete(key),
        program.delete(key, **{"If-Match": '"x"'}),
    ):
        assert code(answer, 404) == "no_item"
    assert program.put("061870000008", feature()).json()["code"] == "no_item"
    assert stored(key).properties["use"] == "secret"
    assert {one["id"] for one in get(ITEMS)["features"]} == {FIRST, SECOND}

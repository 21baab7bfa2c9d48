"""Who is not told all of a layer neither brings it up to date nor reads its hidden rows through a table."""

import pytest

from accounts.models import User
from importers.held_rows import HeldRows
from importers.targets.layer import LayerTarget
from layers.models import Layer
from tests.factories import FeatureFactory, LayerFactory, Town

pytestmark = pytest.mark.django_db
FIELDS = {"type": "object", "properties": {"use": {"type": "string"}}}


@pytest.fixture
def plots(town: Town) -> Layer:
    layer: Layer = LayerFactory.create(
        slug="plots",
        field_schema=FIELDS,
        departments=[town.lighting_north],
        public_rows="\"use\" <> 'army'",
        other_rows="departments",
    )
    FeatureFactory.create(layer=layer, key="1", properties={"use": "park"})
    FeatureFactory.create(layer=layer, key="2", properties={"use": "army"})
    return layer


def test_a_planner_of_another_department_cannot_fill_it(plots: Layer, planner: User, dora: User) -> None:
    target = LayerTarget()
    assert (target.may(planner, "plots"), target.may(dora, "plots")) == (False, True)
    assert ("plots" in dict(target.choices(planner)), "plots" in dict(target.choices(dora))) == (False, True)
    assert target.may(planner, "new")


def test_a_table_finds_no_hidden_row_by_its_key(plots: Layer, planner: User, dora: User) -> None:
    records = [{"key": "1"}, {"key": "2"}]
    found = {user: HeldRows("layer", "plots", "key", user).locate(records) for user in (planner, dora)}
    assert [one.problem is None for one in found[planner]] == [True, False]
    assert [one.problem is None for one in found[dora]] == [True, True]

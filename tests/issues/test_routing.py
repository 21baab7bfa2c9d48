"""Routing: rules in order, each condition, the help desk when nothing holds, and the reason in words."""

import pytest
from django.contrib.gis.geos import LineString
from django.utils.translation import override

from issues.errors import NoHelpDeskYet
from issues.routing import route
from issues.routing_words import why
from municipality.models import Department
from tests.factories import (
    AssetFactory,
    CategoryFactory,
    FeatureFactory,
    LayerFactory,
    RoutingRuleFactory,
    Town,
    at,
)


def test_rule_of_the_parent_category_and_the_area_decides(town: Town) -> None:
    decision = route(category=town.dark_lamp, location=at(5000, 7500))
    assert decision.department == town.lighting_north
    assert decision.area == town.north
    (entry,) = decision.trace
    assert [check["what"] for check in entry["checks"]] == ["category", "area"]
    assert entry["checks"][1]["edge_metres"] == pytest.approx(2500)


def test_nothing_that_matches_goes_to_the_help_desk_and_says_so(town: Town) -> None:
    decision = route(category=town.dark_lamp, location=at(5000, 2500))
    assert decision.department == town.help_desk
    assert decision.rule is None
    with override("en"):
        assert why(decision.trace) == [
            "No rule covers “Dark street lamp” at this place, so the help desk takes it."
        ]


def test_no_help_desk_is_said_not_guessed(town: Town) -> None:
    Department.objects.filter(pk=town.help_desk.pk).update(is_help_desk=False)
    with pytest.raises(NoHelpDeskYet):
        route(category=town.dark_lamp, location=at(5000, 2500))


def test_first_rule_by_position_wins(town: Town) -> None:
    RoutingRuleFactory.create(position=5, category=town.pothole, department=town.region)
    assert route(category=town.pothole, location=at(1, 1)).department == town.region


def test_inactive_rules_and_departments_are_passed_over(town: Town) -> None:
    RoutingRuleFactory.create(position=1, department=town.region, is_active=False)
    Department.objects.filter(pk=town.planning.pk).update(is_active=False)
    RoutingRuleFactory.create(position=2, department=town.planning)
    assert route(category=town.pothole, location=at(1, 1)).department == town.roads


def test_rule_on_the_owner_of_the_asset(town: Town) -> None:
    RoutingRuleFactory.create(
        position=1, asset_type=town.streetlight, asset_owner=town.region, department=town.region
    )
    theirs = AssetFactory.create(type=town.streetlight, code="ΦΩ-00001", location=at(1, 1), owner=town.region)
    assert route(category=town.dark_lamp, location=at(1, 1), asset=theirs).department == town.region
    assert (
        route(category=town.dark_lamp, location=at(1, 9999), asset=town.lamp).department
        == town.lighting_north
    )
    assert route(category=town.dark_lamp, location=at(1, 9999)).department == town.lighting_north


def test_rule_inside_the_features_of_a_layer_by_attribute(town: Town) -> None:
    layer = LayerFactory.create(slug="roads", title="Οδοί", title_en="Roads")
    for key, kind, y in (("n1", "national", 100), ("l1", "local", 300)):
        line = LineString(at(0, y).coords, at(1000, y).coords, srid=at(0, 0).srid)
        FeatureFactory.create(layer=layer, key=key, geom=line, properties={"class": kind})
    RoutingRuleFactory.create(
        position=1,
        name_en="National roads",
        category=town.road,
        layer=layer,
        layer_where=[{"field": "class", "op": "in", "value": ["national", "motorway"]}],
        layer_distance_metres=15,
        department=town.region,
    )
    near = route(category=town.pothole, location=at(500, 110))
    assert near.department == town.region
    assert near.trace[0]["checks"][-1]["distance_metres"] == pytest.approx(10)
    assert near.trace[0]["checks"][-1]["feature"] == "n1"
    beside_local = route(category=town.pothole, location=at(500, 300))
    assert beside_local.department == town.roads
    assert [entry["matched"] for entry in beside_local.trace] == [False, True]
    with override("en"):
        assert "Rule “National roads” came first but did not hold" in why(beside_local.trace)[-1]


def test_the_smallest_area_is_the_one_remembered(town: Town) -> None:
    category = CategoryFactory.create()
    assert route(category=category, location=at(5000, 5000)).area in (town.north, town.south)
    assert route(category=category, location=at(5000, 8000)).area == town.north


def test_a_thousand_rules_cost_a_handful_of_queries(
    town: Town, django_assert_max_num_queries: object
) -> None:
    for number in range(50):
        RoutingRuleFactory.create(position=number, area=town.south, department=town.region)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert route(category=town.dark_lamp, location=at(5000, 7500)).department == town.lighting_north

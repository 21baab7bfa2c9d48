"""The fixtures themselves: the town stands, its people have their roles, its layers take features."""

import pytest

from accounts.models import User
from issues.models import Issue
from layers.models import Feature
from municipality.models import Area, Role
from municipality.roles import rights_of
from tests.factories import FeatureFactory, IssueFactory, PhotoFactory, Town, at


def test_the_halves_share_the_home_municipality(town: Town) -> None:
    assert set(Area.objects.containing(at(5000, 7500))) == {town.home, town.north}
    assert set(Area.objects.containing(at(15_000, 100))) == {town.neighbour}


def test_people_have_their_roles(town: Town, bea: User, carl: User, dora: User, alice: User) -> None:
    assert rights_of(bea).reaches(town.lighting_north.pk, Role.DISPATCHER)
    assert not rights_of(bea).reaches(town.roads.pk, Role.DISPATCHER)
    assert rights_of(carl).reaches(town.roads.pk, Role.DISPATCHER)
    assert rights_of(dora).reaches(town.roads.pk, Role.DISPATCHER)
    assert not rights_of(alice).is_staff


@pytest.mark.django_db
def test_a_feature_lands_in_the_partition_of_its_layer() -> None:
    feature = FeatureFactory.create()
    FeatureFactory.create()
    assert list(Feature.objects.of_layer(feature.layer_id).current()) == [feature]


def test_an_issue_can_be_in_any_state(town: Town) -> None:
    earlier = IssueFactory.resolved(category=town.pothole, department=town.roads)
    IssueFactory.duplicate(duplicate_of=earlier, category=town.pothole, department=town.roads)
    assert list(Issue.objects.fixed()) == [earlier]
    assert PhotoFactory.create(issue=earlier).width == 640

"""One of everything that an address can name, around an issue of Bea's department."""

from dataclasses import dataclass

from accounts.models import User
from assets.models import Asset
from crews.actions import start_job
from issues.actions.report import Contact, report_issue
from issues.models import Follower, Issue, Photo
from layers.models import Feature
from municipality.models import Role
from tests.factories import (
    FeatureFactory,
    FollowerFactory,
    IssueFactory,
    LayerFactory,
    MembershipFactory,
    PhotoFactory,
    Town,
    UserFactory,
    at,
)
from tests.permissions.secrets import SECRETS

PEOPLE = {
    "operator": ("help_desk", Role.OPERATOR),
    "bea": ("lighting_north", Role.DISPATCHER),
    "carl": ("roads", Role.DISPATCHER),
    "crew": ("lighting_north", Role.CREW),
    "planner": ("planning", Role.PLANNER),
    "executive": ("technical", Role.EXECUTIVE),
    "dora": ("technical", Role.ADMINISTRATOR),
}


@dataclass(frozen=True)
class World:
    """`issue` is received, with a reporter, a hidden text and photo; `working` is under way by the crew; `fixed` is
    resolved; `private` is of a category that is not public. All belong to lighting in the North."""

    town: Town
    people: dict[str, User]
    issue: Issue
    earlier: Issue
    working: Issue
    fixed: Issue
    private: Issue
    photo: Photo
    follower: Follower
    feature: Feature
    staff_feature: Feature
    lamp: Asset


def build_world(town: Town) -> World:
    people = {"alice": UserFactory.create(email="alice@example.gr", name="Alice")}
    for login, (department, role) in PEOPLE.items():
        people[login] = UserFactory.create(email=f"{login}@example.gr", name=login.title())
        MembershipFactory.create(user=people[login], department=getattr(town, department), role=role)
    earlier = _issue(town)
    issue = _reported(town)
    working = _issue(town)
    start_job(issue=working, worker=people["crew"], at=at(5000, 7500))
    return World(
        town=town,
        people=people,
        issue=issue,
        earlier=earlier,
        working=working,
        fixed=IssueFactory.resolved(category=town.dark_lamp, department=town.lighting_north),
        private=_issue(town, category=town.complaint, is_public=False),
        photo=PhotoFactory.create(issue=issue),
        follower=FollowerFactory.create(issue=issue, email=SECRETS["follower"], confirmed_at=None),
        feature=FeatureFactory.create(layer=LayerFactory.create(slug="zones")),
        staff_feature=FeatureFactory.create(layer=LayerFactory.create(slug="pipes", visibility="staff")),
        lamp=town.lamp,
    )


def _issue(town: Town, **fields: object) -> Issue:
    return IssueFactory.accepted(**{"category": town.dark_lamp, "department": town.lighting_north, **fields})


def _reported(town: Town) -> Issue:
    contact = Contact(SECRETS["name"], SECRETS["email"], SECRETS["phone"], "el")
    return report_issue(
        category=town.dark_lamp, location=at(5010, 7500), description=SECRETS["description"], contact=contact
    )

"""One of everything that an address can name, around an issue of Bea's department."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from assets.actions import change_asset_type
from assets.models import Asset
from crews.actions import start_job
from importers.models import ImportRun, SavedMapping
from issues.actions.report import Contact, report_issue
from issues.models import Follower, Issue, Photo
from layers.models import Feature
from municipality.models import Role
from tests.factories import (
    AssetTypeFactory,
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
from tests.importers.runs import uploaded
from tests.permissions.secrets import SECRETS

PEOPLE = {
    "operator": ("help_desk", Role.OPERATOR),
    "bea": ("lighting_north", Role.DISPATCHER),
    "carl": ("roads", Role.DISPATCHER),
    "crew": ("lighting_north", Role.CREW),
    "planner": ("planning", Role.PLANNER),
    "keeper": ("lighting_north", Role.KEEPER),
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
    layer_run: ImportRun
    lamps_run: ImportRun
    trees_run: ImportRun
    mapping: SavedMapping


def build_people(town: Town) -> dict[str, User]:
    people = {"alice": UserFactory.create(email="alice@example.gr", name="Alice")}
    for login, (department, role) in PEOPLE.items():
        people[login] = UserFactory.create(email=f"{login}@example.gr", name=login.title())
        MembershipFactory.create(user=people[login], department=getattr(town, department), role=role)
    return people


def build_world(town: Town) -> World:
    people = build_people(town)
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
        **_imports(town, people),
    )


def _imports(town: Town, people: dict[str, User]) -> dict[str, Any]:
    """Checked files: for a layer, for the lamps that the keeper keeps, for a register of somebody else's."""
    change_asset_type(asset_type=town.lamp.type, keeper=town.lighting_north)
    trees = AssetTypeFactory.create(slug="trees")
    common: dict[str, Any] = {"state": "checked", "content": b"{}", "refused": b"row;reason"}
    return {
        "layer_run": uploaded(people["planner"], slug="zones", **common),
        "lamps_run": uploaded(people["keeper"], target="assets", slug=town.lamp.type.slug, **common),
        "trees_run": uploaded(people["dora"], target="assets", slug=trees.slug, **common),
        "mapping": SavedMapping.objects.create(name="ΓΠΣ", target="layer", document={"name": "NAME"}),
    }


def _issue(town: Town, **fields: object) -> Issue:
    return IssueFactory.accepted(**{"category": town.dark_lamp, "department": town.lighting_north, **fields})


def _reported(town: Town) -> Issue:
    contact = Contact(SECRETS["name"], SECRETS["email"], SECRETS["phone"], "el")
    return report_issue(
        category=town.dark_lamp, location=at(5010, 7500), description=SECRETS["description"], contact=contact
    )

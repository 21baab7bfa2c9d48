"""The town and its people, shared by every test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from municipality.models import Department, Role
from tests.factories import MembershipFactory, Town, UserFactory, build_town

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def surroundings(settings: Settings, tmp_path: Path) -> None:
    """Photos, tiles and mails of a test end with it; no client reads the list of all static files at its start."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_FILES_DIR = tmp_path / "private"
    settings.TILE_CACHE_DIR = tmp_path / "tiles"
    settings.RASTER_TILE_DIR = tmp_path / "raster_tiles"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture
def alice(db: None) -> User:
    """A citizen who has an account and no role."""
    return UserFactory.create(email="alice@example.gr", name="Alice Citizen")


@pytest.fixture
def bea(town: Town) -> User:
    """The dispatcher of lighting in the North."""
    return _person("bea", "Bea Dispatcher", town.lighting_north, Role.DISPATCHER)


@pytest.fixture
def carl(town: Town) -> User:
    """The dispatcher of another department, road works."""
    return _person("carl", "Carl Dispatcher", town.roads, Role.DISPATCHER)


@pytest.fixture
def crew_member(town: Town) -> User:
    """Works outdoors for lighting in the North."""
    return _person("crew", "Chris Crew", town.lighting_north, Role.CREW)


@pytest.fixture
def operator(town: Town) -> User:
    """Answers the phone at the help desk."""
    return _person("operator", "Olga Operator", town.help_desk, Role.OPERATOR)


@pytest.fixture
def planner(town: Town) -> User:
    return _person("planner", "Petra Planner", town.planning, Role.PLANNER)


@pytest.fixture
def executive(town: Town) -> User:
    """The mayor's view: reads everything, changes nothing."""
    return _person("executive", "Eva Executive", town.technical, Role.EXECUTIVE)


@pytest.fixture
def dora(town: Town) -> User:
    """The administrator."""
    return _person("dora", "Dora Administrator", town.technical, Role.ADMINISTRATOR)


@pytest.fixture
def sign_in() -> SignIn:
    """A new client with the person's session: `sign_in(bea).get("/desk/")`."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def _person(login: str, name: str, department: Department, role: Role) -> User:
    user = UserFactory.create(email=f"{login}@example.gr", name=name)
    MembershipFactory.create(user=user, department=department, role=role)
    return user

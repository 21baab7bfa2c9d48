"""Signing in and out."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tries import WRONG_PER_ACCOUNT_AND_CONNECTION
from tests.conftest import SignIn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def olga() -> User:
    user: User = UserFactory.create(email="olga@example.gr", language="en")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in_by_form(client: Client, email: str, password: str, **fields: str) -> object:
    return client.post("/login/", {"username": email, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_whatever_the_case_of_the_address(client: Client, olga: User) -> None:
    sign_in_by_form(client, "Olga@Example.GR", PASSWORD)
    assert is_signed_in(client)


def test_signing_in_returns_to_the_page_that_asked(client: Client, olga: User) -> None:
    response = client.post("/login/", {"username": olga.email, "password": PASSWORD, "next": "/desk/"})
    assert response.headers["Location"] == "/desk/"


def test_signing_in_never_leads_away(client: Client, olga: User) -> None:
    response = client.post(
        "/login/", {"username": olga.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert response.headers["Location"] == "/"


def test_signing_in_brings_the_language_of_the_account(client: Client, olga: User) -> None:
    sign_in_by_form(client, olga.email, PASSWORD)
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize(
    ("email", "password"), [("olga@example.gr", "wrong"), ("nobody@example.gr", PASSWORD)]
)
def test_every_wrong_pair_gets_the_same_answer(client: Client, olga: User, email: str, password: str) -> None:
    client.cookies.load({"django_language": "en"})
    response = client.post("/login/", {"username": email, "password": password})
    assert "This e-mail and password do not match." in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()
    assert not is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client: Client, olga: User) -> None:
    olga.is_active = False
    olga.save()
    sign_in_by_form(client, olga.email, PASSWORD)
    assert not is_signed_in(client)


def test_signing_out_needs_a_post(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert not is_signed_in(client)


def test_passwords_cannot_be_guessed_at_speed(client: Client, olga: User) -> None:
    for number in range(WRONG_PER_ACCOUNT_AND_CONNECTION):
        sign_in_by_form(client, olga.email, f"guess {number}")
    refused = client.post("/login/", {"username": olga.email.upper(), "password": PASSWORD})
    assert refused.status_code == 429
    assert "Περιμένετε" in refused.content.decode()
    assert not is_signed_in(client)


def test_somebody_elses_guesses_do_not_lock_the_owner_out(client: Client, olga: User) -> None:
    for number in range(WRONG_PER_ACCOUNT_AND_CONNECTION + 1):
        client.post("/login/", {"username": olga.email, "password": str(number)}, REMOTE_ADDR="192.0.2.66")
    sign_in_by_form(client, olga.email, PASSWORD)
    assert is_signed_in(client)


def test_signing_in_rightly_counts_for_no_limit(olga: User) -> None:
    for _ in range(WRONG_PER_ACCOUNT_AND_CONNECTION + 1):
        client = Client()
        sign_in_by_form(client, olga.email, PASSWORD)
        assert is_signed_in(client)


@pytest.mark.parametrize("back", ["/login/", "/login/?again"])
def test_who_is_signed_in_is_not_sent_to_sign_in_again(alice: User, sign_in: SignIn, back: str) -> None:
    answer = sign_in(alice).get("/login/", {"next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")

"""Signing in through the form, and the switch between the languages."""

from playwright.sync_api import expect

from accounts.models import User
from municipality.models import Role
from tests.browser.conftest import Visiting
from tests.factories import MembershipFactory, Town, UserFactory

PASSWORD = "kallirroi trial 2026"


def dispatcher(town: Town) -> User:
    user = UserFactory.create(email="nora@example.gr", name="Nora", password=PASSWORD, language="en")
    MembershipFactory.create(user=user, department=town.roads, role=Role.DISPATCHER)
    return user


def test_signing_in_leads_to_the_page_that_was_asked_for(visit: Visiting, town: Town) -> None:
    person = visit(language="en")
    page = person.open("/desk/")
    page.get_by_label("E-mail").fill(dispatcher(town).email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit], main form .button--primary").click()
    expect(page.locator("#queue")).to_be_visible()
    page.go_back()
    assert person.axe() == []


def test_a_wrong_password_is_told_in_one_sentence(visit: Visiting, town: Town) -> None:
    person = visit(phone=True, language="el", expected=("status of 422", "status of 400"))
    page = person.open("/login/")
    page.locator("[name=username]").fill(dispatcher(town).email)
    page.locator("[name=password]").fill("something else")
    page.locator("main form .button--primary").click()
    person.sees("This e-mail and password do not match. Check both; capital letters count in the password.")
    assert person.axe() == []


def test_the_language_switch_keeps_the_page(visit: Visiting, town: Town) -> None:
    person = visit(phone=True, language="el")
    page = person.open("/about/")
    page.get_by_role("button", name="EN – English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(person.address + "/about/")
    expect(page).to_have_title("About the portal · Municipality of Trial")

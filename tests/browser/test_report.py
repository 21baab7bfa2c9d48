"""Reporting on a phone in Greek and on a desktop in English: by the map, by an asset, by joining a neighbour."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Route, expect

from core.geo import LonLat, to_lonlat
from issues.delivery import deliver_waiting
from issues.models import Follower, Issue
from tests.browser.conftest import Visiting
from tests.browser.report import ReportPage
from tests.factories import IssueFactory, Town, at

WINDOWS = pytest.mark.parametrize(
    "window", [{"phone": True, "language": "el"}, {"language": "en"}], ids=["phone-greek", "desktop-english"]
)
METRES_PER_PIXEL = 0.2344  # at the zoom to which the page goes with a device that knows its place


def named(row: object, language: str, field: str = "title") -> str:
    return str(getattr(row, field if language == "el" else f"{field}_en"))


@WINDOWS
def test_report_by_the_map(window: dict[str, object], visit: Visiting, town: Town) -> None:
    report = ReportPage(person := visit(**window))
    report.open()
    report.drag_map(-60, 40)
    place = report.place
    assert person.axe() == []
    report.here()
    report.choose(named(town.road, person.language), named(town.pothole, person.language))
    person.page.get_by_text(re.compile("Μεγάλη|Large")).click()
    assert person.axe() == []
    report.go_on()
    report.show_and_tell("Βαθιά, δίπλα στη διάβαση")
    report.leave_contact("alice@example.gr")
    assert person.axe() == []
    number = report.send()

    issue = Issue.objects.get(number=number)
    assert issue.location.distance(LonLat(*place).to_storage()) < 0.1
    assert issue.location.distance(at(5000, 7500)) > 10
    assert issue.department == town.roads
    assert issue.answers == {"size": "large"}
    assert issue.photos.count() == 1
    assert issue.reporter.language == person.language
    assert deliver_waiting() == 1
    assert issue.token in mail.outbox[0].body


@WINDOWS
def test_report_an_asset_by_its_dot_on_the_map(
    window: dict[str, object], visit: Visiting, town: Town
) -> None:
    report = ReportPage(person := visit(**window))
    report.open()
    report.tap_map(20 / METRES_PER_PIXEL, town.streetlight.color)
    expect(person.page.locator("[data-asset-label]")).to_contain_text(town.lamp.code)
    report.here()
    report.choose(named(town.lighting, person.language), named(town.dark_lamp, person.language))
    report.go_on()  # no photo, no words
    issue = Issue.objects.get(number=report.send())
    assert issue.asset == town.lamp
    assert issue.location.distance(town.lamp.location) < 0.01
    assert issue.department == town.lighting_north


def test_report_an_asset_from_the_list(visit: Visiting, town: Town) -> None:
    report = ReportPage(person := visit(phone=True, language="en"))
    report.open()
    report.here()
    report.choose("Lighting", "Dark street lamp")
    person.page.get_by_label(re.compile(town.lamp.code)).check()
    assert person.axe() == []
    report.go_on()
    report.go_on()
    assert Issue.objects.get(number=report.send()).asset == town.lamp


@WINDOWS
def test_follow_a_duplicate(window: dict[str, object], visit: Visiting, town: Town) -> None:
    earlier = IssueFactory.accepted(category=town.pothole, department=town.roads, location=at(5008, 7500))
    report = ReportPage(person := visit(**window))
    report.open()
    report.here()
    report.choose(named(town.road, person.language), named(town.pothole, person.language))
    report.go_on()
    expect(person.page.locator("#similar-title")).to_be_visible()
    assert person.axe() == []
    person.press("Yes, this is it")
    person.page.wait_for_url(f"**/issues/{earlier.number}/")
    earlier.refresh_from_db()
    assert earlier.same_here == 1

    person.fill("E-mail", "alice@example.gr")
    person.press("Follow")
    person.sees("Almost there: open the mail we just sent you and press its link.")
    follower = Follower.objects.get(issue=earlier)
    assert deliver_waiting() == 1
    [path] = re.findall(rf"/follow/{follower.token}/", str(mail.outbox[0].body))
    person.open(path)
    assert person.axe() == []
    person.page.locator("main form button").click()
    person.sees("Done: you will get a mail whenever there is news.")
    assert Issue.objects.count() == 1


def test_outside_the_municipality_the_neighbour_is_named(visit: Visiting, town: Town) -> None:
    longitude, latitude, *_ = to_lonlat(at(10_050, 7500)).coords
    spot = {"longitude": longitude, "latitude": latitude, "accuracy": 5}
    person = visit(language="en", geolocation=spot)
    person.open("/report/")
    person.sees("Municipality of the East")
    person.press("It is here")
    expect(person.page.locator("#where-title")).to_be_visible()
    assert Issue.objects.count() == 0


def test_an_address_chosen_before_the_map_came_is_where_the_map_opens(visit: Visiting, town: Town) -> None:
    """On a slow phone the search answers before the map does."""
    report = ReportPage(person := visit(phone=True, language="en", permissions=[]))
    held: list[Route] = []
    report.page.route("**/map/style.json*", lambda route: held.append(route))
    with report.page.expect_request("**/map/style.json*"):
        person.open("/report/")
    report.page.locator("#id_q").fill("asklipiou 12")
    report.page.locator("[data-found] button").filter(has_text="12").click()
    expect(report.address).to_have_text("Asklipiou 12")
    with report.page.expect_response("**/report/assets/*"):  # asked from close by only
        held[0].continue_()
    report.here()
    expect(report.page.locator("#what-title")).to_be_focused()

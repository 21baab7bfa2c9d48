"""Reporting without a mouse, and without JavaScript."""

import re

from playwright.sync_api import Locator, Page, expect

from issues.models import Issue
from tests.browser.conftest import Visiting
from tests.factories import Town, at


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    """Press Tab until the target has the focus; it must be within reach."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab did not reach {target}")


def test_report_with_the_keyboard_alone(visit: Visiting, town: Town) -> None:
    person = visit(language="en", permissions=[])
    page = person.open("/report/")
    tab_to(page, page.locator("#id_q"))
    with page.expect_response(re.compile(r"/search/.*q=asklipiou\+12")):
        page.keyboard.type("asklipiou 12")
    expect(page.locator("[data-found] button, [data-found] [role=option]").first).to_contain_text("12")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-address]")).to_have_text("Asklipiou 12")
    tab_to(page, page.get_by_role("button", name="It is here"))
    page.keyboard.press("Enter")
    expect(page.locator("#what-title")).to_be_focused()
    tab_to(page, page.locator("#category-words"))
    page.keyboard.type("pothole")
    tab_to(page, page.get_by_role("radio", name="Pothole"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_be_focused()
    tab_to(page, page.get_by_role("radio", name="Small"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#photo-title")).to_be_focused()
    tab_to(page, page.locator("#id_description"))
    page.keyboard.type("Near the crossing")
    tab_to(page, page.locator("[data-step-name=photo] .step__buttons button"))
    page.keyboard.press("Enter")
    expect(page.locator("#contact-title")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Send the report"))
    page.keyboard.press("Enter")
    expect(page.locator(".reward__number")).to_be_visible()
    issue = Issue.objects.get()
    assert issue.answers == {"size": "small"}
    assert issue.location.distance(at(5010, 7505)) < 0.1


def test_move_the_pin_with_arrow_keys(visit: Visiting, town: Town) -> None:
    person = visit(language="en")
    page = person.open("/report/")
    expect(page.locator("[data-address]")).to_contain_text("12")
    before = float(page.locator("[name=lon]").input_value())
    canvas = page.locator(".maplibregl-canvas")
    tab_to(page, canvas)
    with page.expect_response("**/report/where/*"):
        page.keyboard.press("ArrowRight")
    assert float(page.locator("[name=lon]").input_value()) > before


def test_report_without_javascript(visit: Visiting, town: Town) -> None:
    person = visit(language="en", java_script_enabled=False)
    page = person.open("/report/")
    person.fill("Street and number, place or coordinates", "Ασκληπιού 12")
    person.press("Find")
    page.get_by_label(re.compile("Asklipiou 12")).check()
    person.press("It is here")
    page.get_by_text("Road surface").click()
    page.get_by_role("radio", name="Pothole").check()
    page.locator("[data-step-name=what] .step__buttons button").click()
    page.get_by_label("Large").check()
    page.locator("[data-step-name=details] .step__buttons button").click()
    person.fill("In your own words", "Near the crossing")
    person.press("Send the report")
    expect(page.locator(".reward__number")).to_be_visible()
    assert Issue.objects.get().answers == {"size": "large"}

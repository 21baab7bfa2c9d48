"""The whole line: a citizen reports, the dispatcher accepts, the crew fixes it with a photo, the citizen is told."""

import re

import pytest
from django.core import mail
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import User
from crews.models import Job
from issues.delivery import deliver_waiting
from issues.models import Issue
from issues.states import State
from tests.browser.conftest import Visiting
from tests.browser.report import ReportPage, photo
from tests.browser.visit import Visit
from tests.factories import IssueFactory, Town, at


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_dark_lamp_from_the_report_to_the_fix(
    phone: bool, language: str, visit: Visiting, town: Town, bea: User, crew_member: User
) -> None:
    citizen = visit(phone=phone, language=language)
    number, tracking = report_the_lamp(citizen, town)
    dispatcher = visit(bea, phone=phone, language=language)
    accept(dispatcher, number)
    farther = IssueFactory.accepted(
        category=town.dark_lamp, department=town.lighting_north, location=at(5900, 7500)
    )
    crew = visit(crew_member, phone=phone, language=language)
    fix(crew, number, farther.number)

    issue = Issue.objects.get(number=number)
    assert issue.state == State.RESOLVED
    job = Job.objects.get(issue=issue)
    assert job.proof is not None
    assert job.done_location is not None
    assert job.done_location.distance(at(5000, 7500)) < 1

    while deliver_waiting():
        pass
    assert [message.to for message in mail.outbox] == [["alice@example.gr"]] * 4
    assert tracking.rpartition("/t/")[2] in str(mail.outbox[-1].body)
    confirm_the_fix(citizen, tracking)
    issue.refresh_from_db()
    assert issue.state == State.CLOSED
    assert issue.feedback.get().score == 5


def report_the_lamp(citizen: Visit, town: Town) -> tuple[str, str]:
    """Number and tracking path of a new report."""
    report = ReportPage(citizen)
    report.open()
    report.here()
    with translation.override(citizen.language):
        report.choose(str(town.lighting), str(town.dark_lamp))
    citizen.page.get_by_label(re.compile(town.lamp.code)).check()
    report.go_on()
    report.show_and_tell("Σβηστή από χθες")
    report.leave_contact("alice@example.gr")
    number = report.send()
    assert citizen.axe() == []
    return number, "/t/" + citizen.page.url.partition("/t/")[2].partition("?")[0]


def accept(dispatcher: Visit, number: str) -> None:
    """Open the case from the queue, without leaving the list, and accept it."""
    with translation.override(dispatcher.language):
        kind = str(Issue.objects.get(number=number).category)
    page = dispatcher.open("/desk/")
    page.locator(f"a[data-number='{number}']").click()
    expect(page.locator("#case-title")).to_contain_text(kind)
    expect(page).to_have_url(re.compile(f"/desk/{number}/"))
    page.get_by_text(dispatcher.say("Why?"), exact=True).click()
    dispatcher.sees("Σβηστή από χθες")
    assert dispatcher.axe() == []
    page.get_by_role("button", name=dispatcher.say("Accept"), exact=True).click()
    dispatcher.sees("The state was changed.")
    accepted = re.compile(dispatcher.say("accepted"), re.IGNORECASE)
    expect(page.locator(f"a[data-number='{number}'] .badge")).to_have_text(accepted)
    assert dispatcher.axe() == []


def fix(crew: Visit, number: str, farther: str) -> None:
    """Nearest first, start, photo, done: three taps."""
    page = crew.open("/crew/")
    nearest = page.locator("[data-piece=next] [data-job]")
    expect(nearest).to_have_attribute("data-job", number)
    expect(nearest).to_contain_text("20")
    expect(page.locator("[data-piece=more] [data-job]")).to_have_attribute("data-job", farther)
    assert crew.axe() == []
    page.locator("[data-piece=next]").get_by_role("button", name=crew.say("Start")).click()
    page.wait_for_url(f"**/crew/{number}/")
    expect(page.locator("[data-finish] [name=lon]")).not_to_have_value("")
    page.locator("[data-finish] input[type=file]").set_input_files(photo())
    expect(page.locator("[data-preview]")).to_be_visible()
    assert crew.axe() == []
    crew.press("Done")
    page.wait_for_url("**/crew/")
    crew.sees("%(number)s is fixed. Thank you!", number=number)


def confirm_the_fix(citizen: Visit, tracking: str) -> None:
    page = citizen.open(tracking)
    expect(page.locator(".badge--fixed").first).to_be_visible()
    expect(page.locator("main img").first).to_be_visible()
    assert citizen.axe() == []
    page.get_by_text(citizen.say("Yes, it is fixed")).click()
    page.get_by_text(citizen.say("Very good")).click()
    citizen.press("Answer")
    citizen.sees("Thank you for telling us.")

"""Two years of reports: enough of them, in order, and in words that somebody might have written."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from gisportal.demo.categories import CATEGORIES, RULES
from gisportal.demo.departments import DEPARTMENTS
from gisportal.demo.issue_drafts import IssueDraft, issue_drafts
from gisportal.demo.issue_lives import ATHENS
from gisportal.demo.issue_words import CORES
from gisportal.demo.people import PEOPLE
from issues.states import State, step_to

TODAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def drafts() -> tuple[IssueDraft, ...]:
    return issue_drafts(TODAY)


def test_there_are_two_years_of_them_up_to_today(drafts: tuple[IssueDraft, ...]) -> None:
    moments = [draft.reported_at for draft in drafts]
    assert len(drafts) >= 2_500
    assert moments == sorted(moments)
    assert moments[0] > datetime(2024, 5, 19, tzinfo=ATHENS)
    assert TODAY - timedelta(days=3) <= moments[-1].date() < TODAY


def test_the_same_day_gives_the_same_reports(drafts: tuple[IssueDraft, ...]) -> None:
    assert issue_drafts(TODAY) == drafts


def test_steps_follow_each_other_and_the_table_of_states(drafts: tuple[IssueDraft, ...]) -> None:
    for draft in drafts:
        state, clock = State.RECEIVED, draft.reported_at
        for step in draft.steps:
            assert step.at > clock
            clock = step.at
            target = {"state": step.to, "duplicate": "duplicate"}.get(step.kind, "")
            if step.kind == "feedback":
                target = "closed" if step.facts["is_fixed"] else "accepted"
            if target and not (step.kind == "feedback" and state == target):
                assert step_to(state, target) is not None
                state = State(target)
        assert clock < datetime.combine(TODAY, datetime.min.time(), ATHENS) + timedelta(hours=8)


def test_a_repeat_names_an_earlier_report_of_its_kind(drafts: tuple[IssueDraft, ...]) -> None:
    repeats = [draft for draft in drafts if draft.earlier is not None]
    assert len(repeats) > 50
    for draft in repeats:
        first = drafts[draft.earlier or 0]
        assert first.reported_at < draft.reported_at
        assert first.category == draft.category
        assert first.earlier is None


def test_texts_vary_and_leave_no_gap(drafts: tuple[IssueDraft, ...]) -> None:
    texts = [draft.description for draft in drafts if draft.description]
    assert not any("{" in text or "  " in text for text in texts)
    assert len(set(texts)) > 0.6 * len(texts)


def test_every_kind_has_words_and_the_rules_name_what_exists() -> None:
    slugs = {row.slug for row in CATEGORIES}
    departments = {row.slug for row in DEPARTMENTS}
    assert {row.slug for row in CATEGORIES if row.share} == set(CORES)
    assert {rule.department for rule in RULES} <= departments
    assert {rule.category for rule in RULES} <= slugs | {""}


def test_every_department_that_is_sent_issues_has_somebody_at_its_desk() -> None:
    parents = {row.slug: row.parent for row in DEPARTMENTS}
    desks = {slug for person in PEOPLE for role, slug in person.roles if role == "dispatcher"}
    for rule in RULES:
        line = [rule.department]
        while parents[line[-1]]:
            line.append(parents[line[-1]])
        assert desks & set(line), rule.name


def test_all_states_are_to_be_seen(drafts: tuple[IssueDraft, ...]) -> None:
    kinds = Counter(step.to for draft in drafts for step in draft.steps if step.kind == "state")
    assert set(kinds) >= {"accepted", "in_progress", "paused", "resolved", "closed", "rejected", "withdrawn"}

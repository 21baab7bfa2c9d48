"""No output tells a hidden layer, field or row to those who may not know it: every role × every line of outputs.py."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import Town
from tests.permissions.asking import Output
from tests.permissions.doors import Who
from tests.permissions.hidden import (
    SECRETS,
    Hidden,
    build_hidden,
    change_secrets,
    change_secrets_of_department,
    forget_everything,
    may_know,
)
from tests.permissions.outputs import OUTPUTS

TOMORROW = datetime.now(UTC) + timedelta(days=1)
THOUSANDS = (".", ",", "\u00a0", "\u202f", " ")


def client_of(hidden: Hidden, who: Who) -> Client:
    client = Client()
    if who != Who.ANYBODY:
        client.force_login(hidden.people[who])
    return client


def spellings(secret: str) -> set[str]:
    if not secret.isdigit():
        return {secret}
    return {secret, *(f"{int(secret):,}".replace(",", sign) for sign in THOUSANDS)}


def found_in(content: bytes) -> set[str]:
    text = content.decode("utf-8", "replace").lower()
    return {secret for secret in SECRETS if any(word in text for word in spellings(secret))}


def answers(hidden: Hidden, who: Who) -> dict[Output, bytes]:
    """All at one moment, after everything that the test recorded."""
    client = client_of(hidden, who)
    with time_machine.travel(TOMORROW, tick=False):
        return {output: output.fetch(client, hidden) for output in OUTPUTS}


def differing(before: dict[Output, bytes], after: dict[Output, bytes]) -> list[str]:
    return [str(output) for output in OUTPUTS if output.steady and before[output] != after[output]]


@pytest.fixture
def hidden(town: Town) -> Hidden:
    return build_hidden(town)


@pytest.mark.parametrize("who", Who)
def test_each_role_is_told_what_it_may_know_and_nothing_else(who: Who, hidden: Hidden) -> None:
    may, wrong = may_know(who), []
    for output, content in answers(hidden, who).items():
        found = found_in(content)
        if found - may or not (output.tells & may) <= found:
            wrong.append(f"{output}: tells {sorted(found - may)}, lacks {sorted(output.tells & may - found)}")
    assert wrong == []


def test_nothing_changes_for_strangers_when_only_secrets_change(hidden: Hidden) -> None:
    """Not a count, an extent, an ETag, a page or a refusal: so none of them tells anything of the secrets."""
    forget_everything()
    before = answers(hidden, Who.ANYBODY)
    change_secrets(hidden)
    assert differing(before, answers(hidden, Who.ANYBODY)) == []


@pytest.mark.parametrize("who", [Who.CARL, Who.PLANNER])
def test_nothing_changes_for_other_staff_when_only_secrets_of_the_department_change(
    who: Who, hidden: Hidden
) -> None:
    forget_everything()
    before = answers(hidden, who)
    change_secrets_of_department(hidden)
    assert differing(before, answers(hidden, who)) == []


def test_what_one_reader_was_told_is_not_kept_for_the_next(hidden: Hidden) -> None:
    """Caches and kept tiles, filled by those who know more."""
    forget_everything()
    alone = answers(hidden, Who.ANYBODY)
    forget_everything()
    answers(hidden, Who.DORA)
    answers(hidden, Who.CARL)
    assert differing(alone, answers(hidden, Who.ANYBODY)) == []


def test_the_change_is_one_that_those_who_may_know_see(hidden: Hidden) -> None:
    """So that the test above looks where there is something to see."""
    before = answers(hidden, Who.DORA)
    change_secrets(hidden)
    after = answers(hidden, Who.DORA)
    assert [str(output) for output in OUTPUTS if output.tells and before[output] == after[output]] == []

"""Code lists: kept as the decrees say, told in the reader's words, without asking for every value."""

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from layers.actions.codes import keep_code_list
from layers.codes.lists import CodeRow, ListRow
from layers.codes.titles import forget
from layers.facts import facts_of
from layers.models import Code, CodeList

pytestmark = pytest.mark.django_db
SCHEMA = {
    "properties": {
        "use": {"type": "string", "title": "Χρήση", "codes": "land-use-2018"},
        "least_plot": {"type": "integer", "title": "Αρτιότητα", "unit": "m²"},
        "height": {"type": "number", "title": "Ύψος", "unit": "m"},
        "year": {"type": "integer", "title": "Έτος"},
    }
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


def load() -> str:
    told = StringIO()
    call_command("load_code_lists", stdout=told)
    return told.getvalue()


def values(properties: dict[str, object], language: str) -> list[str]:
    with translation.override(language):
        return [value for _, value in facts_of(properties, SCHEMA)]


def test_the_decree_of_2018_has_thirteen_general_categories_with_what_they_followed() -> None:
    load()
    new = Code.objects.filter(code_list__slug="land-use-2018")
    assert new.count() == 13
    assert {code.valid_from for code in new} == {date(2018, 6, 29)}
    production = new.get(code="ΥΟ")
    assert production.title == "Παραγωγικές δραστηριότητες υψηλής όχλησης"
    assert [code.code for code in production.follows.all()] == ["1987-ΟΒ"]
    assert not new.get(code="ΤΕΧ").follows.exists()
    followed = Code.objects.filter(code_list__slug="land-use-1987", followed_by__isnull=False).distinct()
    assert followed.count() == 9


def test_each_decree_holds_in_its_days() -> None:
    load()
    before = Code.objects.all().on(date(2018, 6, 28)).values_list("code_list__slug", flat=True).distinct()
    assert set(before) == {"land-use-1987"}
    assert "land-use-1987" not in set(
        Code.objects.all().on(date(2018, 6, 29)).values_list("code_list__slug", flat=True)
    )


def test_a_second_run_changes_nothing_and_a_changed_row_is_mended() -> None:
    load()
    assert load().count("0 added, 0 changed") == 3
    Code.objects.filter(code="ΓΚ").update(title="Κάτι άλλο")
    Code.objects.get(code="ΑΚ").follows.clear()
    assert "land-use-2018: 13 codes, 0 added, 2 changed" in load()
    assert Code.objects.get(code="ΓΚ").title == "Γενική κατοικία"


def test_codes_that_people_added_stay() -> None:
    load()
    own = CodeList.objects.get(slug="land-use-2018")
    Code.objects.create(code_list=own, code="ΔΙΚΟ", title="Δικό μας")
    load()
    assert Code.objects.filter(code="ΔΙΚΟ").exists()


def test_codes_are_told_by_their_titles_in_the_readers_language() -> None:
    load()
    assert values({"use": "ΓΚ"}, "el") == ["Γενική κατοικία (ΓΚ)"]
    assert values({"use": "ΓΚ"}, "en") == ["General housing (ΓΚ)"]
    assert values({"use": ["ΓΚ", "ΤΑ"]}, "en") == ["General housing (ΓΚ), Tourism and leisure (ΤΑ)"]
    assert values({"use": "ΧΧΧ"}, "en") == ["ΧΧΧ"]


def test_a_list_is_read_once_for_many_values(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load()
    forget()
    with django_assert_num_queries(1):
        for _ in range(20):
            assert values({"use": "ΑΚ"}, "en") == ["Housing only (ΑΚ)"]


def test_a_kept_list_is_told_at_once(django_capture_on_commit_callbacks: object) -> None:
    load()
    assert values({"use": "ΝΕΟ"}, "el") == ["ΝΕΟ"]
    row = ListRow("land-use-2018", "Χρήσεις", "Uses", "", (CodeRow("ΝΕΟ", "Νέα χρήση", "New use"),))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        keep_code_list(row=row)
    assert values({"use": "ΝΕΟ"}, "el") == ["Νέα χρήση (ΝΕΟ)"]


def test_numbers_are_told_with_their_unit() -> None:
    told = values({"least_plot": 2000, "height": 7.5, "year": 1987}, "el")
    assert told == ["2.000\u00a0m²", "7,5\u00a0m", "1987"]
    assert values({"height": "about 7"}, "el") == ["about 7"]

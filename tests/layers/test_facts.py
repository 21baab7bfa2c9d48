"""Facts are said as the reader writes them."""

import pytest
from django.utils import translation

from layers.facts import facts_of

SCHEMA = {
    "properties": {
        "in_force": {
            "type": "string",
            "format": "date",
            "title": "Σε ισχύ από",
            "title_en": "In force since",
        },
        "area": {"type": "number", "title": "Εμβαδόν", "title_en": "Area"},
    }
}


@pytest.mark.parametrize(
    ("language", "date", "area"),
    [("el", "14 Φεβρουαρίου 2024", "1.029,84"), ("en", "14 February 2024", "1,029.84")],
)
def test_dates_and_numbers_follow_the_reader(language: str, date: str, area: str) -> None:
    with translation.override(language):
        told = [value for _, value in facts_of({"in_force": "2024-02-14", "area": 1029.84}, SCHEMA)]
    assert told == [date, area]


def test_what_is_no_date_stays_as_it_was_typed() -> None:
    assert facts_of({"in_force": "circa 1930"}, SCHEMA)[0][1] == "circa 1930"

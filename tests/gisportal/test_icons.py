"""The {% icon %} tag."""

import pytest

from gisportal.templatetags.portal import icon


def test_an_icon_is_hidden_from_screen_readers() -> None:
    drawn = icon("bulb")
    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn


def test_a_labelled_icon_is_read_and_its_label_is_escaped() -> None:
    assert 'role="img" aria-label="&lt;b&gt;"' in icon("bulb", "<b>")


@pytest.mark.parametrize("name", ["no-such-icon", "../../../package", "", "a/b"])
def test_an_unknown_icon_is_a_pin(name: str) -> None:
    assert icon(name) == icon("map-pin")

"""axe finds nothing on any page: phone and desktop, light and dark, Greek and English."""

import pytest

from tests.browser.conftest import Visiting
from tests.browser.places import PLACES, Place
from tests.browser.visit import Visit
from tests.permissions.world import World

# The journeys of the other tests ask axe too, at each of their steps.
WINDOWS = [
    pytest.param({"phone": True, "language": "el", "color_scheme": "light"}, id="phone-light-greek"),
    pytest.param({"phone": False, "language": "en", "color_scheme": "dark"}, id="desktop-dark-english"),
]
# The browser itself complains in its console about the status of the pages that say no.
STATUS = ("status of 404", "status of 403")


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing(window: dict[str, object], visit: Visiting, world: World) -> None:
    people = {place.who for place in PLACES}
    windows = {who: visit(world.people.get(who), expected=STATUS, **window) for who in people}
    findings = {
        place.name: found for place in PLACES if (found := _findings(windows[place.who], place, world))
    }
    assert findings == {}


def _findings(window: Visit, place: Place, world: World) -> list[str]:
    page = window.open(place.path(world))
    page.wait_for_load_state("networkidle")
    return window.axe()


def test_every_page_fits_a_narrow_window(visit: Visiting, world: World) -> None:
    """320 CSS pixels are a small phone, or a desktop at 400 % zoom: nothing is cut off, nothing scrolls sideways."""
    people = {place.who for place in PLACES}
    narrow = {"width": 320, "height": 640}
    windows = {who: visit(world.people.get(who), expected=STATUS, viewport=narrow) for who in people}
    wide = {
        place.name: width for place in PLACES if (width := _width(windows[place.who], place, world)) > 320
    }
    assert wide == {}


def _width(window: Visit, place: Place, world: World) -> int:
    width: int = window.open(place.path(world)).evaluate("() => document.documentElement.scrollWidth")
    return width

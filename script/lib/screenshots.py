"""Pictures of every page of a running demo portal, for people to look at and judge.

Called by script/screenshots with the address of the portal and, if wanted, the names of pages in
tests/browser/places.py; writes var/screenshots/<window>/<page>.png.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.exceptions import ObjectDoesNotExist  # noqa: E402
from playwright.sync_api import Browser, Error, Page, sync_playwright  # noqa: E402

from accounts.models import User  # noqa: E402
from assets.models import Asset  # noqa: E402
from core.geo import to_lonlat  # noqa: E402
from gisportal.demo.people import DOMAIN  # noqa: E402
from importers.models import ImportRun, Target  # noqa: E402
from issues.models import Follower, Issue  # noqa: E402
from layers.models import Feature  # noqa: E402
from tests.browser.places import PLACES, Place  # noqa: E402
from tests.browser.windows import ARGUMENTS, CHROMIUM, cookies, window  # noqa: E402

WINDOWS = [
    (f"{device}-{language}{'-dark' if dark else ''}", device == "phone", language, dark)
    for device in ("phone", "desktop")
    for language, dark in (("el", False), ("en", False), ("el", True))
]
MOST_LOOKS, BETWEEN_LOOKS = 15, 1200  # milliseconds
LOGINS = {"alice": "alice", "bea": "bea", "executive": "eleni", "crew": "kostas"}


@dataclass(frozen=True)
class Demo:
    """One of everything, as the demo happens to have it; the newest of the lighting department."""

    @property
    def issue(self) -> Issue:
        return self._newest("received")

    @property
    def earlier(self) -> Issue:
        return self._newest("accepted")

    @property
    def working(self) -> Issue:
        return self._newest("in_progress")

    @property
    def fixed(self) -> Issue:
        return self._newest("resolved")

    @property
    def follower(self) -> Follower:
        return Follower.objects.latest("pk")

    @property
    def feature(self) -> Feature:
        return Feature.objects.filter(layer__theme="land_use").current().select_related("layer")[:1].get()

    @property
    def lamp(self) -> Asset:
        return Asset.objects.of_type("streetlight").select_related("type")[:1].get()

    @property
    def layer_run(self) -> ImportRun:
        return ImportRun.objects.filter(target=Target.LAYER).latest("pk")

    def _newest(self, state: str) -> Issue:
        return Issue.objects.public().filter(department__slug="lighting", state=state).latest("reported_at")


def photograph(browser: Browser, address: str, place: Place, shape: tuple[str, bool, str, bool]) -> str:
    """Take one picture; returns what is to be said about it."""
    name, phone, language, dark = shape
    try:
        path = place.path(Demo())
    except ObjectDoesNotExist as missing:
        return f"left out: {missing}"
    longitude, latitude, *_ = to_lonlat(Demo().earlier.location).coords
    context = browser.new_context(
        **window(phone=phone, language=language),
        color_scheme="dark" if dark else "light",
        geolocation={"longitude": longitude, "latitude": latitude, "accuracy": 10},
    )
    try:
        person = User.objects.get(email=f"{LOGINS[place.who]}@{DOMAIN}") if place.who else None
        context.add_cookies(cookies(address, language, person))
        page = context.new_page()
        page.goto(address + path)
        file = settings.VAR_DIR / "screenshots" / name / f"{place.name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(settled(page))
        return str(file)
    except Error as trouble:
        return f"failed: {trouble.message.splitlines()[0]}"
    finally:
        context.close()


def settled(page: Page) -> bytes:
    """The picture when nothing changes any more: a map is drawn bit by bit."""
    before, picture = b"", page.screenshot()
    for _ in range(MOST_LOOKS):
        if picture == before:
            break
        page.wait_for_timeout(BETWEEN_LOOKS)
        before, picture = picture, page.screenshot()
    return picture


def main(address: str, wanted: list[str]) -> int:
    try:
        urlopen(f"{address}/healthz/", timeout=10).close()  # noqa: S310 - the address is the caller's own portal
    except (HTTPError, URLError, OSError) as trouble:
        print(
            f"No portal answers at {address} ({trouble}). Start it with script/server, or name another address."
        )
        return 1
    troubles = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for shape in WINDOWS:
            for place in [each for each in PLACES if not wanted or each.name in wanted]:
                said = photograph(browser, address, place, shape)
                troubles += said.startswith("failed")
                print(f"{shape[0]:<16} {place.name:<22} {said}", flush=True)
        browser.close()
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:]))

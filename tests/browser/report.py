"""The report page as a person goes through it, one question after the other."""

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.pixels import wait_for_colour
from tests.browser.visit import Visit
from tests.factories import jpeg


def photo(name: str = "photo.jpg") -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg()}


class ReportPage:
    def __init__(self, window: Visit) -> None:
        self.window = window
        self.page: Page = window.page

    def open(self) -> None:
        """The page asks the device where it is; the address under the pin says that it knows."""
        self.window.open("/report/")
        expect(self.address).to_contain_text("12")

    @property
    def address(self) -> Locator:
        return self.page.locator("[data-address]")

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".maplibregl-canvas")

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude of the pin."""
        longitude, latitude = (
            float(self.page.locator(f"[name={name}]").input_value()) for name in ("lon", "lat")
        )
        return longitude, latitude

    def middle(self) -> tuple[float, float]:
        box = self.canvas.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag_map(self, x: float, y: float) -> None:
        """Pull the map by so many pixels, and wait until the page knows the new place."""
        left, top = self.middle()
        with self.page.expect_response("**/report/where/*"):
            self.page.mouse.move(left, top)
            self.page.mouse.down()
            self.page.mouse.move(left + x, top + y, steps=5)
            self.page.mouse.up()

    def tap_map(self, east: float, colour: str) -> None:
        """Tap so many pixels beside the pin, when a dot of this colour (around its icon) is drawn there."""
        left, top = self.middle()
        wait_for_colour(self.page, left + east - 7, top, colour)
        self.page.mouse.click(left + east, top)

    def here(self) -> None:
        self.window.press("It is here")

    def choose(self, group: str, kind: str) -> None:
        """Open a group of the tree and tap a kind; the page goes on by itself."""
        self.page.locator("summary", has_text=group).click()
        self.page.locator("[data-kind]", has_text=kind).click()
        expect(self.step("what")).to_be_hidden()

    def step(self, name: str) -> Locator:
        return self.page.locator(f"[data-step-name={name}]")

    def go_on(self) -> None:
        """Press the one button of this step, and wait for the next."""
        step = self.step(self.page.locator("[data-report]").get_attribute("data-step") or "")
        step.locator(".step__buttons button").click()
        expect(step).to_be_hidden()

    def show_and_tell(self, text: str) -> None:
        self.page.locator("[data-photos]").set_input_files(photo())
        expect(self.page.locator("[data-previews] img")).to_be_visible()
        self.window.fill("In your own words", text)
        self.go_on()

    def leave_contact(self, email: str) -> None:
        self.window.fill("E-mail", email)
        self.page.locator("[name=agrees]").check()

    def send(self) -> str:
        """Send it; returns the protocol number of the thank-you page."""
        self.window.press("Send the report")
        number = self.page.locator(".reward__number")
        expect(number).to_be_visible()
        return number.inner_text()

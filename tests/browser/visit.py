"""A person at a window of the portal: one page, and everything the browser complained about."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, expect

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    const told = rule => rule.nodes.map(node => `${rule.id}: ${node.target} — ${node.failureSummary}`);
    return found.violations.flatMap(told);
}"""


@dataclass
class Visit:
    """`page` is Playwright's; `complaints` are console errors, refused policies, uncaught exceptions, and requests
    to anybody but the portal."""

    page: Page
    address: str
    language: str = "el"
    expected: tuple[str, ...] = ()
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._catch)
        self.page.on("request", self._watch)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def say(self, english: str, **facts: object) -> str:
        """A sentence of the portal in the language of this visit."""
        with translation.override(self.language):
            return gettext(english) % facts if facts else gettext(english)

    def press(self, english: str) -> None:
        self.page.get_by_role("button", name=self.say(english)).click()

    def follow(self, english: str) -> None:
        self.page.get_by_role("link", name=self.say(english)).click()

    def fill(self, english: str, text: str) -> None:
        self.page.get_by_label(self.say(english)).fill(text)

    def sees(self, english: str, **facts: object) -> None:
        """Wait for a sentence to be on the page."""
        expect(self.page.get_by_text(self.say(english, **facts)).first).to_be_visible()

    def axe(self) -> list[str]:
        """What axe finds on the page as it stands; every rule, best practices included."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        findings: list[str] = self.page.evaluate(RUN_AXE)
        return findings

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.expected):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _catch(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked somebody else: {request.url}")


def leave(context: BrowserContext) -> None:
    """Go away as a person does, so that no request of this visit outlives it."""
    for page in context.pages:
        page.goto("about:blank")
    context.close()

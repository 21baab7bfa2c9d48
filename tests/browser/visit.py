"""A person at a window of the portal: one page, and everything the browser complained about."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    const told = rule => rule.nodes.map(node => `${rule.id}: ${node.target} — ${node.failureSummary}`);
    return found.violations.flatMap(told);
}"""


@dataclass
class Visit:
    """`page` is Playwright's; `complaints` are console errors, refused policies and uncaught exceptions."""

    page: Page
    address: str
    expected: tuple[str, ...] = ()
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._catch)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

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


def leave(context: BrowserContext) -> None:
    """Go away as a person does, so that no request of this visit outlives it."""
    for page in context.pages:
        page.goto("about:blank")
    context.close()

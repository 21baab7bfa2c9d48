"""How long somebody on a phone waits for the catalogue at /plan/ and for the planner's map: Chromium, slowed down to a
4G line (1.6 Mbit/s down, 150 ms there and back) and a processor four times slower, nothing kept from before."""

import statistics
import tempfile
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from bench import servers
from bench.report import Row
from layers.models import Layer

ROUNDS = 5
BOUND_SECONDS = 2.0
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
PAINTED = """() => new Promise(found => new PerformanceObserver(list => found(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""
PAGES = {"/plan/": "the catalogue at /plan/", "/plan/map/": "the words around the planner's map"}


def run() -> list[Row]:
    """The demo town is made first, where the database is empty."""
    if not Layer.objects.exists():
        call_command("demo", verbosity=0)
    with (
        tempfile.TemporaryDirectory() as name,
        servers.ours(Path(name)) as address,
        sync_playwright() as play,
    ):
        flags = ["--no-sandbox", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        rows = [_row(browser, address + path, title) for path, title in PAGES.items()]
        browser.close()
    return rows


def _row(browser: Browser, address: str, title: str) -> Row:
    _seconds(browser, address)  # The processes of the server wake up.
    middle = statistics.median(_seconds(browser, address) for _ in range(ROUNDS))
    return Row(f"first view of {title}, throttled 4G", middle, BOUND_SECONDS, "bound", "under 2 s")


def _seconds(browser: Browser, address: str) -> float:
    """Until the largest part of the first view is painted."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    seconds = float(page.evaluate(PAINTED)) / 1000
    context.close()
    return seconds

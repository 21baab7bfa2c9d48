"""What is drawn on a map, seen as a person sees it: by looking at the window."""

import io
from typing import Any

from PIL import Image, ImageColor
from playwright.sync_api import Page

Rgb = tuple[int, int, int]
LOOKS = 200


def wait_for_colour(page: Page, x: float, y: float, colour: str) -> None:
    """Look at a place of the window until it has this colour."""
    seen: Rgb = (0, 0, 0)
    for _ in range(LOOKS):
        [seen] = _column(page, x, y, 1)
        if _alike(seen, colour):
            return
    raise AssertionError(f"the map never became {colour} at {x:.0f}, {y:.0f}; it is {seen}")


def wait_for_pin(page: Page, colour: str) -> tuple[float, float]:
    """Look down the middle of the map until a pin of this colour stands there; returns where to tap it."""
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    for _ in range(LOOKS):
        # Beside the icon in its middle.
        column = _column(page, x - 10, box["y"], int(box["height"]))
        found = [y for y, seen in enumerate(column) if _alike(seen, colour)]
        if found:
            return x, box["y"] + found[0] + 4
    raise AssertionError(f"no pin of {colour} was drawn in the middle of the map")


def _column(page: Page, x: float, y: float, height: int) -> list[Rgb]:
    """Colours of a line of the window that goes down, one a CSS pixel."""
    clip: Any = {"x": round(x), "y": round(y), "width": 1, "height": height}
    picture: Any = Image.open(io.BytesIO(page.screenshot(clip=clip, scale="css"))).convert("RGB")
    return [picture.getpixel((0, line)) for line in range(picture.height)]


def _alike(seen: Rgb, colour: str) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(seen, ImageColor.getrgb(colour)[:3], strict=True))

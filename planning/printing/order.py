"""What somebody wants on paper, read from an address, a form or a command line and checked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from planning.printing.errors import BadResolution, BadScale, UnknownGround, UnknownOrientation, UnknownPaper
from planning.printing.paper import LANDSCAPE, ORIENTATIONS, PAPERS, Paper

SCALES = (200, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000)
LEAST_SCALE, MOST_SCALE = 50, 5_000_000
LEAST_DPI, USUAL_DPI, MOST_DPI = 30, 150, 600
CALM, NO_GROUND = "calm", "none"
GROUNDS = (CALM, NO_GROUND)
LONGEST_TITLE, LONGEST_NOTE = 120, 600
NO = ("0", "no", "false", "off")


@dataclass(frozen=True)
class PrintOrder:
    """`scale` is the number after 1:, None for one that shows what the screen does. `note` are words of the author."""

    paper: Paper
    scale: float | None = None
    title: str = ""
    note: str = ""
    ground: str = CALM
    has_grid: bool = True
    has_legend: bool = True
    dpi: float = USUAL_DPI


def order_from(given: Mapping[str, str]) -> PrintOrder:
    """Read `paper`, `orientation`, `scale`, `title`, `note`, `ground`, `grid`, `legend`, `dpi`. Raises a PortalError
    that says what may be asked for."""
    return PrintOrder(
        _paper(given.get("paper", ""), given.get("orientation", "")),
        _scale(given.get("scale", "")),
        " ".join(given.get("title", "").split())[:LONGEST_TITLE],
        given.get("note", "").strip()[:LONGEST_NOTE],
        _one_of(given.get("ground", ""), GROUNDS, UnknownGround),
        given.get("grid", "") not in NO,
        given.get("legend", "") not in NO,
        _dpi(given.get("dpi", "")),
    )


def _paper(name: str, orientation: str) -> Paper:
    chosen = name.strip().upper() or "A4"
    if chosen not in PAPERS:
        raise UnknownPaper(given=name[:40], choices=", ".join(PAPERS))
    return Paper(chosen, _one_of(orientation or LANDSCAPE, ORIENTATIONS, UnknownOrientation))


def _one_of(
    text: str, choices: tuple[str, ...], refusal: type[UnknownGround] | type[UnknownOrientation]
) -> str:
    chosen = text.strip().lower() or choices[0]
    if chosen not in choices:
        raise refusal(given=text[:40], choices=", ".join(choices))
    return chosen


def _scale(text: str) -> float | None:
    """`1000`, `1:1000` or `1:1.000`."""
    plain = text.strip().removeprefix("1:").replace(".", "").replace(" ", "")
    if not text.strip():
        return None
    number = _number(plain)
    if number is None or not LEAST_SCALE <= number <= MOST_SCALE:
        raise BadScale(given=text[:40], least=LEAST_SCALE, most=MOST_SCALE)
    return number


def _dpi(text: str) -> float:
    if not text.strip():
        return USUAL_DPI
    number = _number(text)
    if number is None or not LEAST_DPI <= number <= MOST_DPI:
        raise BadResolution(given=text[:40], least=LEAST_DPI, most=MOST_DPI)
    return number


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None

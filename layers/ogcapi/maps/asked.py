"""What is asked of a map: its place, its size in pixels, its background and its time."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from layers.drawing.frames import MM_PER_PIXEL, Frame
from layers.ogcapi.errors import bad_value
from layers.ogcapi.maps import places
from layers.ogcapi.maps.errors import MapTooLarge, ScaleGivenTwice
from layers.ogcapi.maps.places import Bounds
from layers.ogcapi.systems import Crs, crs_named, storage_crs
from layers.ogcapi.times import Instant, Interval, parse_instant, parse_time
from layers.styles.colors import color_of

PARAMETERS = (
    *("bbox", "bbox-crs", "subset", "subset-crs", "center", "center-crs", "crs", "width", "height"),
    *("scale-denominator", "mm-per-pixel", "bgcolor", "transparent", "datetime", "known"),
)
USUAL_WIDTH, MOST_SIDE, MOST_PIXELS = 1024, 4096, 8_000_000
USUAL_MM = 0.28  # to a pixel
HEX = re.compile(r"(?:0x|#)?([0-9a-fA-F]{6})")
TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True)
class MapAsked:
    """`frame` is the ground on as many millimetres as make `pixels` of looks; `background` blank is see-through."""

    frame: Frame
    crs: Crs
    pixels: tuple[int, int]
    background: str
    time: Instant | Interval | None
    known: datetime | None

    @property
    def box_told(self) -> str:
        """The corners of the picture in the order of the system's axes."""
        west, south, east, north = self.frame.bounds
        numbers = (south, west, north, east) if self.crs.is_flipped else (west, south, east, north)
        return ",".join(f"{number:.9g}" if self.crs.is_degrees else f"{number:.3f}" for number in numbers)


def map_asked(given: Mapping[str, str], whole: Bounds, own_background: str = "#ffffff") -> MapAsked:
    """`whole` is all that there is, in degrees; `own_background` that of the map. Raises BadValue, MapTooLarge,
    PlaceGivenTwice, ScaleGivenTwice."""
    crs = crs_named("crs", given["crs"]) if "crs" in given else storage_crs()
    places.one_place(given)
    all_of_it = places.moved(whole, places.crs_of({}, "crs"), crs, "crs", crs.uri)
    mm = _number(given, "mm-per-pixel") or USUAL_MM
    bounds, pixels = _laid_out(given, crs, all_of_it, mm)
    _refuse_too_large(pixels)
    step = MM_PER_PIXEL * mm / USUAL_MM
    return MapAsked(
        Frame(crs.srid, bounds, pixels[0] * step, pixels[1] * step),
        crs,
        pixels,
        _background(given, own_background),
        parse_time("datetime", given["datetime"]) if "datetime" in given else None,
        parse_instant("known", given["known"]) if "known" in given else None,
    )


def _laid_out(given: Mapping[str, str], crs: Crs, whole: Bounds, mm: float) -> tuple[Bounds, tuple[int, int]]:
    """The ground, and how many pixels it takes."""
    width, height = _pixels(given, "width"), _pixels(given, "height")
    scale = _number(given, "scale-denominator")
    bounds, center = places.bounds_asked(given, crs, whole), places.center_asked(given, crs)
    if bounds is not None and scale and (width or height):
        raise ScaleGivenTwice()
    if bounds is None and (center or (scale and (width or height))):
        return _around(center or _middle(whole), (width, height), _step(scale, crs, whole, mm), whole)
    bounds = bounds or whole
    across, up = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if scale:
        step = _step(scale, crs, bounds, mm)
        return bounds, (_whole(across / step), _whole(up / step))
    if width and height:
        return bounds, (width, height)
    step = up / height if height and not width else across / (width or _fitting(across, up))
    return bounds, (width or _whole(across / step), height or _whole(up / step))


def _fitting(across: float, up: float) -> float:
    """The usual longer side."""
    return USUAL_WIDTH * min(across / up, 1)


def _around(
    center: tuple[float, float], pixels: tuple[int, int], step: float, whole: Bounds
) -> tuple[Bounds, tuple[int, int]]:
    width = pixels[0] or _whole((whole[2] - whole[0]) / step)
    height = pixels[1] or _whole((whole[3] - whole[1]) / step)
    x, y = center
    across, up = width * step / 2, height * step / 2
    return (x - across, y - up, x + across, y + up), (width, height)


def _step(scale: float, crs: Crs, bounds: Bounds, mm: float) -> float:
    """Units of the CRS to a pixel: as the scale says, else so that everything fits."""
    if scale:
        return scale * mm / 1000 / places.metres_to_a_unit(crs, bounds)
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / USUAL_WIDTH


def _middle(bounds: Bounds) -> tuple[float, float]:
    return (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2


def _whole(pixels: float) -> int:
    return max(round(min(pixels, 1e9)), 1)


def _pixels(given: Mapping[str, str], name: str) -> int:
    """0 where it is not given."""
    text = given.get(name)
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text[:12]) < 1:
        raise bad_value(name, text, _("Write a whole number of pixels from 1."))
    return int(text[:12])


def _number(given: Mapping[str, str], name: str) -> float:
    """0 where it is not given."""
    text = given.get(name)
    if text is None:
        return 0.0
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (math.isfinite(number) and 1e-3 <= number <= 1e10):
        raise bad_value(name, text, _("Write a number above zero."))
    return number


def _refuse_too_large(pixels: tuple[int, int]) -> None:
    width, height = pixels
    if max(pixels) > MOST_SIDE or width * height > MOST_PIXELS:
        raise MapTooLarge(width=width, height=height, side=MOST_SIDE, pixels=MOST_PIXELS)


def _background(given: Mapping[str, str], own: str) -> str:
    text = given.get("transparent", "false" if "bgcolor" in given else "true").lower()
    if text not in TRUTHS:
        raise bad_value("transparent", text, _("Choose true or false."))
    color = _color(given["bgcolor"]) if "bgcolor" in given else own
    return "" if TRUTHS[text] else color


def _color(text: str) -> str:
    digits = HEX.fullmatch(text)
    if digits:
        return f"#{digits[1]}"
    if not text.isalpha() or color_of(text.lower()) is None:
        raise bad_value("bgcolor", text, _("Write a colour as 0xRRGGBB or by its name."))
    return text.lower()

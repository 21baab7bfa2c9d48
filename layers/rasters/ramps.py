"""Colour ramps by name, as 256 colours from the lowest value to the highest."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

Colors = NDArray[np.uint8]
STEPS = 256
# From the shore over fields, bushes and rock to snow; soft, so that roads and names stay readable above it.
HEIGHTS = (
    (0.0, (172, 205, 160)),
    (0.12, (203, 219, 168)),
    (0.3, (236, 229, 180)),
    (0.5, (228, 203, 150)),
    (0.7, (203, 168, 126)),
    (0.87, (178, 150, 134)),
    (1.0, (240, 238, 237)),
)


@dataclass(frozen=True)
class Ramp:
    """`known_as` is what rio-tiler calls it, blank for ours."""

    title: str | Promise
    known_as: str = ""


RAMPS: dict[str, Ramp] = {
    "heights": Ramp(_("land, from green to white")),
    "viridis": Ramp(_("from violet to yellow"), "viridis"),
    "cividis": Ramp(_("from blue to yellow, for all eyes"), "cividis"),
    "heat": Ramp(_("from yellow to red"), "ylorrd"),
    "water": Ramp(_("from white to blue"), "blues"),
    "greens": Ramp(_("from white to green"), "greens"),
    "greys": Ramp(_("from black to white"), "gray"),
    "difference": Ramp(_("from blue over white to red"), "rdbu_r"),
}


@cache
def colors(name: str) -> Colors:
    """256 × 3, red, green and blue."""
    known_as = RAMPS[name].known_as
    if known_as:
        from rio_tiler.colormap import cmap  # slow to load, and most rasters need none of it

        rgba = cmap.get(known_as)
        return np.array([tuple(rgba[step])[:3] for step in range(STEPS)], dtype="uint8")
    places, stops = zip(*HEIGHTS, strict=True)
    along = np.linspace(0, 1, STEPS)
    bands = [np.interp(along, places, [stop[band] for stop in stops]) for band in range(3)]
    return np.round(np.stack(bands, axis=1)).astype("uint8")


def hex_color(rgb: NDArray[np.uint8] | tuple[int, ...]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in tuple(rgb)[:3])


def sampled(name: str, count: int) -> list[str]:
    """So many colours of the ramp, evenly along it, as #rrggbb."""
    return [hex_color(colors(name)[at]) for at in np.linspace(0, STEPS - 1, count).round().astype(int)]


def greys(first: str, last: str, count: int) -> list[str]:
    """So many shades from one #rrggbb of grey to another."""
    return [
        hex_color((shade,) * 3)
        for shade in np.linspace(int(first[1:3], 16), int(last[1:3], 16), count).round()
    ]

"""The named looks of rasters: which kind of raster each is for, and how it turns values into colours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from layers.rasters import shading
from layers.rasters.ramps import STEPS, colors
from layers.rasters.reading import Frame, Values
from layers.rasters.spec import Kind, Spec

Picture = NDArray[np.uint8]
Draw = Callable[[Values, Frame, Spec], Picture]
FLAT_LIGHT = float(np.sin(shading.ALTITUDE))
EXAGGERATION = 1.5
DARKEST, LIGHTEST = 0.6, 0.55
# Upper ends of the slope classes, as rise per metre, and their colours.
SLOPES = (0.05, 0.10, 0.15, 0.25, 0.35, 0.50)
SLOPE_COLORS = ("#eef3e2", "#fbe7a1", "#fdc877", "#f79a5b", "#e1633f", "#b5312f", "#6f1a3c")
# Below this rise per metre the ground faces nowhere.
LEVEL = 0.02
FACING_COLORS = ("#4575b4", "#74add1", "#fee090", "#fdae61", "#d73027", "#a50026", "#9970ab", "#5e4fa2")
LEVEL_COLOR = "#d9d9d9"


@dataclass(frozen=True)
class Look:
    """`draw` makes red, green, blue and alpha (4 × height × width) of values that have `border` pixels more on every
    side. `smooth`: between pixels the values are bent like ground; `nearest`: there is nothing between them.
    `opacity` is how strong the map shows it at first, `finer` how many zooms beyond its pixels are still worth it."""

    name: str
    kind: Kind
    title: str | Promise
    draw: Draw
    border: int = 0
    smooth: bool = False
    nearest: bool = False
    opacity: float = 1.0
    finer: int = 0
    lossless: bool = False


def natural(values: Values, _frame: Frame, spec: Spec) -> Picture:
    stretched = np.nan_to_num((values - spec.low) * (255 / (spec.high - spec.low)))
    alpha = np.where(np.isnan(values).all(axis=0), 0, 255)
    return _painted(np.clip(np.round(stretched), 0, 255), alpha)


def values_by_ramp(values: Values, _frame: Frame, spec: Spec) -> Picture:
    return _painted(_ramped(values[0], spec), _alpha(values[0]))


def by_class(values: Values, _frame: Frame, spec: Spec) -> Picture:
    known = np.array([row.value for row in spec.classes])
    table = np.array([_rgb(row.color) for row in spec.classes], dtype="uint8")
    if not known.size:
        return np.zeros((4, *values.shape[1:]), dtype="uint8")
    at = np.clip(np.searchsorted(known, values[0]), 0, known.size - 1)
    alpha = np.where(known[at] == values[0], 255, 0)
    return _painted(np.moveaxis(table[at], -1, 0), alpha)


def hillshade(values: Values, frame: Frame, spec: Spec) -> Picture:
    """Shadow as black, light as white, level ground as nothing, to lie over any map."""
    gradient = shading.gradient_of(values[0], frame, spec.metres)
    light = gradient.light(EXAGGERATION) - FLAT_LIGHT
    shadow = np.clip(-light / FLAT_LIGHT, 0, 1) * DARKEST
    shine = np.clip(light / (1 - FLAT_LIGHT), 0, 1) * LIGHTEST
    alpha = np.nan_to_num(np.round(255 * np.maximum(shadow, shine)))
    white = np.where(shine > shadow, 255, 0)
    return _painted(np.stack((white, white, white)), np.where(np.isnan(values[0][1:-1, 1:-1]), 0, alpha))


def relief(values: Values, frame: Frame, spec: Spec) -> Picture:
    inside = values[0][1:-1, 1:-1]
    light = shading.gradient_of(values[0], frame, spec.metres).light(EXAGGERATION)
    brighter = (np.nan_to_num(light, nan=FLAT_LIGHT) - FLAT_LIGHT) / FLAT_LIGHT
    strength = 1 + np.where(brighter < 0, 0.75, 0.12) * brighter
    return _painted(np.clip(_ramped(inside, spec) * strength, 0, 255), _alpha(inside))


def slope(values: Values, frame: Frame, spec: Spec) -> Picture:
    steep = shading.gradient_of(values[0], frame, spec.metres).slope
    table = np.array([_rgb(color) for color in SLOPE_COLORS], dtype="uint8")
    painted = table[np.searchsorted(SLOPES, np.nan_to_num(steep), side="right")]
    return _painted(np.moveaxis(painted, -1, 0), _alpha(steep))


def aspect(values: Values, frame: Frame, spec: Spec) -> Picture:
    gradient = shading.gradient_of(values[0], frame, spec.metres)
    table = np.array([_rgb(color) for color in (*FACING_COLORS, LEVEL_COLOR)], dtype="uint8")
    sector = sector_of(np.nan_to_num(gradient.facing))
    painted = table[np.where(gradient.slope < LEVEL, len(FACING_COLORS), sector)]
    return _painted(np.moveaxis(painted, -1, 0), _alpha(gradient.slope))


def sector_of(facing: Any) -> Any:
    """0 for north, then clockwise in eighths."""
    return (np.floor((facing + 22.5) / 45)).astype(int) % 8


def _ramped(values: Values, spec: Spec) -> Values:
    share = np.nan_to_num((values - spec.low) / (spec.high - spec.low))
    at = np.clip(np.round(share * (STEPS - 1)), 0, STEPS - 1).astype(int)
    found: Values = np.moveaxis(colors(spec.ramp)[at], -1, 0).astype("float32")
    return found


def _alpha(values: Values) -> Picture:
    return np.where(np.isnan(values), 0, 255).astype("uint8")


def _painted(rgb: Any, alpha: Any) -> Picture:
    """Four bands; where nothing shows, all are 0."""
    picture = np.concatenate((np.asarray(rgb), np.asarray(alpha)[np.newaxis])).astype("uint8")
    picture[:, picture[3] == 0] = 0
    return picture


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


LOOKS: tuple[Look, ...] = (
    Look("natural", Kind.PICTURE, _("natural colours"), natural),
    Look("classes", Kind.CLASSES, _("classes"), by_class, nearest=True, finer=2, lossless=True, opacity=0.8),
    Look("values", Kind.VALUES, _("values"), values_by_ramp, opacity=0.85),
    Look("relief", Kind.ELEVATION, _("shaded heights"), relief, border=1, smooth=True, finer=2, opacity=0.85),
    Look("heights", Kind.ELEVATION, _("heights"), values_by_ramp, smooth=True, finer=1, opacity=0.8),
    Look("hillshade", Kind.ELEVATION, _("hill shading"), hillshade, border=1, smooth=True, finer=2),
    Look(
        "slope", Kind.ELEVATION, _("slope"), slope, border=1, smooth=True, finer=2, lossless=True, opacity=0.7
    ),
    Look(
        "aspect",
        Kind.ELEVATION,
        _("facing"),
        aspect,
        border=1,
        smooth=True,
        finer=2,
        lossless=True,
        opacity=0.7,
    ),
)


def looks_for(kind: Kind) -> list[Look]:
    return [look for look in LOOKS if look.kind is kind]


def look_named(kind: Kind, name: str) -> Look | None:
    return next((look for look in looks_for(kind) if look.name == name), None)

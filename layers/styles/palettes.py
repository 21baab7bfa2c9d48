"""Colour ramps for classes and colours for categories, told apart also by people who do not see all colours."""

from django.utils.translation import gettext_lazy as _

from layers.styles.colors import Color, color_of

#: By name: title, and the colours from low to high (after Smith and van der Walt, Nuñez and others, and C. Brewer).
RAMPS = {
    "viridis": (_("violet to yellow"), ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")),
    "cividis": (_("blue to yellow"), ("#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838")),
    "blues": (_("light to dark blue"), ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c")),
    "oranges": (_("yellow to red"), ("#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026")),
    "purples": (_("pink to purple"), ("#feebe2", "#fbb4b9", "#f768a1", "#c51b8a", "#7a0177")),
    "brown_teal": (_("brown to teal, pale between"), ("#a6611a", "#dfc27d", "#f5f5f5", "#80cdc1", "#018571")),
}
#: For categories, after Paul Tol.
CATEGORIES = (
    *("#88ccee", "#cc6677", "#ddcc77", "#117733", "#332288", "#aa4499", "#44aa99", "#999933", "#882255"),
    "#bbbbbb",
)


def ramp_colors(name: str, count: int) -> list[str]:
    """`count` colours from low to high, evenly along the ramp."""
    stops = [color_of(text) or Color(0, 0, 0) for text in RAMPS[name][1]]
    if count == 1:
        return [stops[len(stops) // 2].hex]
    return [_along(stops, index / (count - 1)).hex for index in range(count)]


def category_colors(count: int) -> list[str]:
    return [CATEGORIES[index % len(CATEGORIES)] for index in range(count)]


def _along(stops: list[Color], share: float) -> Color:
    at = share * (len(stops) - 1)
    below = min(int(at), len(stops) - 2)
    return stops[below].mixed(stops[below + 1], at - below)

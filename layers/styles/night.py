"""Colours of the dark map: lines and letters that would drown in it are made lighter."""

from functools import lru_cache

from layers.styles.colors import Color, color_of

DARK_LAND = Color(29, 33, 37)
WHITE = Color(255, 255, 255)
#: What lines and signs need against their ground (WCAG 1.4.11), and letters (1.4.3).
LINES, LETTERS, HATCHING = 3.0, 4.5, 2.4
HALO = "#15191e"
#: How strong surfaces are at night, where the same strength would glare.
PALER = 0.7


@lru_cache(maxsize=1024)
def night_color(color: str, contrast: float = LINES, ground: Color = DARK_LAND) -> str:
    """`color` (`#rrggbb`), mixed with as much white as it takes to be seen on the ground of the dark map; as it is
    where no white is enough, for then the ground is light."""
    day = color_of(color) or WHITE
    steps = (day.mixed(WHITE, step / 20) for step in range(21))
    return next((one for one in steps if contrast_of(one, ground) >= contrast), day).hex


def night_ground(fill: str, opacity: float) -> Color:
    """What is seen of the dark land through a surface."""
    return DARK_LAND.mixed(color_of(fill) or DARK_LAND, opacity * PALER)


def contrast_of(one: Color, two: Color) -> float:
    """From 1 to 21, as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    shares = (part / 255 for part in (color.red, color.green, color.blue))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

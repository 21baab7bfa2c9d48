"""The bar that shows how long so many metres are on the paper."""

import math

from django.utils.safestring import SafeString, mark_safe

PARTS = 4


def bar_metres(scale: float, width: float) -> float:
    """The whole length in metres: 1, 2 or 5 and noughts, at most `width` millimetres long."""
    most = width * scale / 1000
    power = 10.0 ** math.floor(math.log10(most))
    return max(number * power for number in (1, 2, 5) if number * power <= most * 1.0001)


def scale_bar(scale: float, width: float, enlarged: float) -> SafeString:
    """An SVG at true size with four alternating parts and the numbers of their ends. Not wider than `width` mm."""
    side = 3.0 * enlarged
    metres = bar_metres(scale, width - 2 * side - 3 * enlarged)
    length = metres * 1000 / scale
    high, top = 1.6 * enlarged, 3.6 * enlarged
    size = 2.5 * enlarged
    boxes = "".join(
        f'<rect x="{side + part * length / PARTS:.3f}" y="{top:.3f}" width="{length / PARTS:.3f}"'
        f' height="{high:.3f}" fill="{"#1f2328" if part % 2 == 0 else "#ffffff"}"/>'
        for part in range(PARTS)
    )
    unit, divisor = ("km", 1000.0) if metres >= 4000 else ("m", 1.0)
    words = "".join(
        f'<text x="{side + share * length:.3f}" y="{top - size * 0.4:.3f}" font-size="{size:.3f}"'
        f' text-anchor="middle">{metres * share / divisor:g}{f" {unit}" if share == 1 else ""}</text>'
        for share in (0, 0.5, 1)
    )
    frame = (
        f'<rect x="{side:.3f}" y="{top:.3f}" width="{length:.3f}" height="{high:.3f}" fill="none"'
        f' stroke="#1f2328" stroke-width="{0.15 * enlarged:.3f}"/>'
    )
    whole, tall = length + 2 * side + 3 * enlarged, top + high + 0.4 * enlarged
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="scale-bar" width="{whole:.3f}mm" height="{tall:.3f}mm"'
        f' viewBox="0 0 {whole:.3f} {tall:.3f}">{boxes}{frame}{words}</svg>'
    )

"""A sheet to draw on, in millimetres with y upwards, that becomes one page of PDF: shapes, dashes, hatches, letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.drawing.fonts import NORMAL, letters
from layers.drawing.paths import circle_path, turned, units
from layers.styles.colors import TRANSPARENT, Color, color_of

ROUND_ENDS, FLAT_ENDS = 1, 0
Point = tuple[float, float]
Picture = NDArray[np.uint8]


@dataclass
class Canvas:
    """`operators` are what the page says, in thousandths of a millimetre. `used` are the glyphs of each weight,
    `images` pictures of 4 × height × width bytes: red, green, blue and how solid."""

    width: float
    height: float
    operators: list[str] = field(default_factory=list)
    opacities: set[int] = field(default_factory=set)
    used: dict[int, dict[int, str]] = field(default_factory=dict)
    images: list[Picture] = field(default_factory=list)

    def fill(self, paths: Iterable[str], color: str, opacity: float = 1.0) -> None:
        red_green_blue = self._opacity(color, opacity)
        if red_green_blue:
            self.operators.append(f"{red_green_blue} rg")
            self.operators.extend(f"{path} f" for path in paths if path)

    def stroke(
        self,
        paths: Iterable[str],
        color: str,
        width: float,
        *,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
        ends: int = FLAT_ENDS,
    ) -> None:
        """`width` in millimetres; `dash` in widths."""
        red_green_blue = self._opacity(color, opacity)
        if not red_green_blue or width <= 0:
            return
        pattern = " ".join(str(max(units(part * width), 1)) for part in dash) if any(dash) else ""
        look = f"{red_green_blue} RG {units(width)} w {ends} J 1 j [{pattern}] 0 d"
        self.operators.append(look)
        self.operators.extend(f"{path} S" for path in paths if path)

    def circles(self, places: Iterable[Point], radius: float, color: str, opacity: float = 1.0) -> None:
        self.fill((circle_path(x, y, radius) for x, y in places), color, opacity)

    def rings(self, places: Iterable[Point], radius: float, width: float, color: str, opacity: float) -> None:
        self.stroke((circle_path(x, y, radius) for x, y in places), color, width, opacity=opacity)

    def write(
        self, text: str, place: Point, size: float, *, color: str = "#000000", halo: str = "", **more: float
    ) -> None:
        """One line of text from `place` on its base line; `size` in millimetres. `halo_width`, `turn` in degrees,
        `opacity`, `weight` and `spacing` (in sizes) may be told too."""
        weight = int(more.get("weight", NORMAL))
        font = letters(weight)
        spelt = font.spelt(text)
        if not spelt:
            return
        numbers = [font.glyphs[ord(letter)] for letter in spelt]
        self.used.setdefault(weight, {}).update(zip(numbers, spelt, strict=True))
        shown = "".join(f"{number:04x}" for number in numbers)
        right, up = turned(1, 0, more.get("turn", 0.0))
        matrix = f"{right:.6f} {up:.6f} {-up:.6f} {right:.6f} {units(place[0])} {units(place[1])} Tm"
        spacing = f"{units(more.get('spacing', 0.0) * size)} Tc"
        words = f"BT /F{weight} {units(size)} Tf {spacing} {matrix}"
        opacity = more.get("opacity", 1.0)
        halo_width = more.get("halo_width", 0.0)
        ink = self._opacity(halo, opacity) if halo and halo_width > 0 else ""
        if ink:
            self.operators.append(
                f"{ink} RG {units(2 * halo_width)} w 1 J 1 j [] 0 d 1 Tr {words} <{shown}> Tj ET"
            )
        ink = self._opacity(color, opacity)
        if ink:
            self.operators.append(f"{ink} rg 0 Tr {words} <{shown}> Tj ET")

    def show(self, picture: Picture, x: float, y: float, width: float, height: float, opacity: float) -> None:
        """A picture on a box whose lower left corner is given."""
        percent = round(100 * min(max(opacity, 0.0), 1.0))
        if not percent or not picture[3].any():
            return
        self.opacities.add(percent)
        box = f"{units(width)} 0 0 {units(height)} {units(x)} {units(y)} cm"
        self.operators.append(f"q /O{percent} gs {box} /I{len(self.images)} Do Q")
        self.images.append(picture)

    def begin_clip(self, paths: Iterable[str]) -> None:
        """What follows is seen only inside these paths, until `end_clip`."""
        self.operators.append("q")
        self.operators.extend(paths)
        self.operators.append("W n")

    def begin_box(self, x: float, y: float, width: float, height: float) -> None:
        self.begin_clip([f"{units(x)} {units(y)} {units(width)} {units(height)} re"])

    def begin_at(self, x: float, y: float) -> None:
        """What follows counts from here, until `end_clip`."""
        self.operators.append(f"q 1 0 0 1 {units(x)} {units(y)} cm")

    def end_clip(self) -> None:
        self.operators.append("Q")

    def _opacity(self, text: str, opacity: float) -> str:
        """Set the opacity; the colour's operands, or nothing for what is not seen."""
        color: Color = color_of(text) or TRANSPARENT
        percent = round(100 * color.alpha * min(max(opacity, 0.0), 1.0))
        if not percent:
            return ""
        self.opacities.add(percent)
        self.operators.append(f"/O{percent} gs")
        return " ".join(f"{share / 255:.4g}" for share in (color.red, color.green, color.blue))

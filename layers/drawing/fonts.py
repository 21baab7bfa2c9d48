"""The portal's own letters, Noto Sans, as files that documents can embed: Greek and Latin, made once from the npm set.

The set comes in pieces by script with a variable weight, as browsers like it; paper wants one file a weight.
"""

import logging
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

PIECES = ("latin", "greek", "latin-ext", "greek-ext", "cyrillic", "vietnamese")
NORMAL, BOLD = 400, 700
logging.getLogger("fontTools").setLevel(logging.WARNING)  # It tells each table that it touches.


@dataclass(frozen=True)
class Letters:
    """One weight. `glyphs` is the number of the glyph of each character, `advances` the width of each glyph in
    thousandths of the size."""

    file: Path
    glyphs: dict[int, int]
    advances: list[int]
    ascent: int
    descent: int

    def spelt(self, text: str) -> str:
        """The text as it can be written: what the font lacks is left out, control characters too."""
        composed = unicodedata.normalize("NFC", text)
        return "".join(letter for letter in composed if ord(letter) in self.glyphs)

    def width(self, text: str) -> float:
        """In sizes: times the font size it is a length."""
        return sum(self.advances[self.glyphs[ord(letter)]] for letter in self.spelt(text)) / 1000


@lru_cache(maxsize=4)
def letters(weight: int = NORMAL) -> Letters:
    from fontTools.ttLib import TTFont

    file = font_file(weight)
    font: Any = TTFont(file)
    names = font.getGlyphOrder()
    numbers = {name: number for number, name in enumerate(names)}
    scale = 1000 / font["head"].unitsPerEm
    advances = [round(font["hmtx"][name][0] * scale) for name in names]
    glyphs = {code: numbers[name] for code, name in font.getBestCmap().items()}
    head = font["hhea"]
    return Letters(file, glyphs, advances, round(head.ascent * scale), round(head.descent * scale))


def font_file(weight: int = NORMAL) -> Path:
    """A TrueType file of this weight; made at the first call, which takes a second."""
    folder: Path = settings.VAR_DIR / "fonts"
    file = folder / f"noto-sans-{weight}.ttf"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make(file, weight)
    return file


def _make(file: Path, weight: int) -> None:
    """Whoever comes last replaces the same by the same."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    source = settings.NODE_MODULES / "@fontsource-variable" / "noto-sans" / "files"
    with tempfile.TemporaryDirectory(dir=file.parent) as place:
        parts = []
        for name in PIECES:
            font: Any = TTFont(source / f"noto-sans-{name}-wght-normal.woff2")
            single = instantiateVariableFont(font, {"wght": weight})
            single.flavor = None
            parts.append(str(Path(place) / f"{name}.ttf"))
            single.save(parts[-1])
        whole = Path(place) / file.name
        Merger().merge(parts).save(str(whole))
        whole.replace(file)

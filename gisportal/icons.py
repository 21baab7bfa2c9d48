"""The outline icons of the set that npm brings, by name."""

import re
from functools import lru_cache

from django.conf import settings

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@lru_cache(maxsize=512)
def outline_svg(name: str) -> str | None:
    """The SVG document of an outline icon, or None when the set has no such icon."""
    if not NAME.fullmatch(name):
        return None
    path = settings.NODE_MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else None

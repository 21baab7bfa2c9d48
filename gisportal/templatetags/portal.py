"""Template tags of every page: icons drawn inline, so that they take the colour of the text beside them."""

import re
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gisportal.icons import outline_svg

register = template.Library()

FALLBACK = "map-pin"


@lru_cache(maxsize=512)
def _drawing(name: str) -> str | None:
    """What is inside the <svg> of an outline icon, or None when the set has no such icon."""
    svg = outline_svg(name)
    if svg is None:
        return None
    inside = re.sub(r"<!--.*?-->|</?svg[^>]*>", "", svg, flags=re.DOTALL)
    drawn = inside.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
    return re.sub(r"\s*\n\s*", "", drawn)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """The outline icon `name`, hidden from screen readers unless it has a `label`; a pin when there is no such icon."""
    drawing = mark_safe(_drawing(str(name)) or _drawing(FALLBACK) or "")
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        voice,
        drawing,
    )

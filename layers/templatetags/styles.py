"""Template tags of looks: the sign of a legend entry, and its label as the reader reads it."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from core.languages import entry_in_reader_language
from layers.styles import swatch as drawing

register = template.Library()


@register.simple_tag
def swatch(entry: dict[str, Any]) -> SafeString:
    return drawing.swatch(entry)


@register.filter
def entry_label(entry: dict[str, Any]) -> str:
    return str(capfirst(entry_in_reader_language(entry, "label")))

"""What a download form offers, for `layers/_downloads.html`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from layers.exports.formats import ENCODINGS, FORMATS
from layers.exports.systems import systems

register = template.Library()

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "cp1253": "Windows-1253",
    "iso-8859-7": "ISO-8859-7",
    "cp737": "cp737 (DOS)",
}


@register.simple_tag
def download_choices() -> dict[str, Any]:
    """Formats, coordinate systems and encodings as (value, label)."""
    return {
        "formats": [(form.name, form.title) for form in FORMATS.values()],
        "systems": [("", _("As usual for the format")), *((s.name, s.title) for s in systems().values())],
        "encodings": [(name, ENCODING_NAMES[name]) for name in ENCODINGS],
    }

"""Measures as people read them: with their unit, in the reader's numbers."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def square_metres(value: float, digits: int = 2) -> str:
    return _("%(value)s m²") % {"value": number_format(value, digits, force_grouping=True)}


@register.filter
def metres(value: float, digits: int = 2) -> str:
    return _("%(value)s m") % {"value": number_format(value, digits, force_grouping=True)}


@register.filter
def percent(value: float, digits: int = 2) -> str:
    return _("%(value)s %%") % {"value": number_format(value, digits, force_grouping=True)}

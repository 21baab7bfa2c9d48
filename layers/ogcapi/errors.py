"""Refusals of the OGC API: each names what was asked and what may be asked instead."""

from django.utils.translation import gettext_lazy as _

from core.errors import NotFound, PortalError


class UnknownParameter(PortalError):
    code = "unknown_parameter"
    sentence = _("“%(given)s” is no parameter of this address. It knows: %(choices)s.")


class RepeatedParameter(PortalError):
    code = "repeated_parameter"
    sentence = _("The parameter “%(name)s” is given more than once. Give it once.")


class BadValue(PortalError):
    code = "bad_value"
    sentence = _("“%(given)s” is no value of the parameter “%(name)s”. %(hint)s")


class NotAcceptable(PortalError):
    status = 406
    code = "not_acceptable"
    sentence = _("This is not to be had as “%(given)s”. Ask for one of: %(choices)s.")


class NoCollection(NotFound):
    code = "no_collection"
    sentence = _("There is no collection “%(given)s”. The list at /ogc/collections has those that there are.")


class NoItem(NotFound):
    code = "no_item"
    sentence = _("There is no item “%(given)s” in this collection, or not at the time that was asked for.")


class TooCostly(PortalError):
    status = 503
    code = "too_costly"
    sentence = _("This question takes too long to answer. Ask for a smaller box or a simpler filter.")


def bad_value(name: str, given: str, hint: object) -> BadValue:
    return BadValue(name=name, given=given[:80], hint=hint)


class ValueOutOfRange(PortalError):
    code = "value_out_of_range"
    sentence = _(
        "A number or a date in this question is too large to be reckoned with. Ask for a smaller one."
    )


class ShapesUnclear(PortalError):
    code = "shapes_unclear"
    sentence = _(
        "A geometry here is wrong in itself, so that it stands in no clear relation. Ask with another function."
    )

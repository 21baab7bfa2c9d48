"""What is wrong with a filter: each names the word and, where it is known, its position."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class BadFilter(PortalError):
    code = "bad_filter"


class BrokenFilter(BadFilter):
    code = "broken_filter"
    sentence = _("The filter cannot be read at line %(line)s, position %(column)s, at “%(word)s”. %(hint)s")


class NoFilter(BadFilter):
    code = "no_filter"
    sentence = _("This is no filter in CQL2: %(reason)s.")


class UnknownField(BadFilter):
    code = "unknown_field"
    sentence = _("There is no field “%(word)s” (position %(column)s). See the queryables of the collection.")


class UnknownFunction(BadFilter):
    code = "unknown_function"
    sentence = _("There is no function “%(word)s” (position %(column)s) here.")


class WrongArguments(BadFilter):
    code = "wrong_arguments"
    sentence = _("“%(word)s” (position %(column)s) cannot be used so: %(reason)s.")


class FilterTooLarge(BadFilter):
    code = "filter_too_large"
    sentence = _("The filter is too large: %(reason)s. Ask in smaller parts.")

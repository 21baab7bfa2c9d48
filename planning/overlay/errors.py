"""Refusals of overlay, what-if and zonal statistics."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, PortalError


class NoSuchField(PortalError):
    code = "no_such_field"
    sentence = _("“%(layer)s” has no field “%(given)s”. Choose one of the list.")


class NoSurfaces(PortalError):
    code = "no_surfaces"
    sentence = _("“%(layer)s” has no surfaces that anything could lie in. Choose a layer of surfaces.")


class TooLargeForNow(PortalError):
    code = "too_large_for_now"
    sentence = _(
        "This takes longer than a page can wait. Narrow it by a filter, or sign in as staff to have it done in the "
        "background."
    )


class TooManyClasses(PortalError):
    code = "too_many_classes"
    sentence = _(
        "There are %(found)s different values, more than the %(most)s that fit a table. Choose another field, or "
        "narrow it by a filter."
    )


class NothingToKeep(Conflict):
    code = "nothing_to_keep"
    sentence = _("There is nothing to keep: no row of the one layer lies in the other.")

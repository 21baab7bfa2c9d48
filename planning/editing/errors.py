"""Why the editor refuses, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, PortalError


class ClosedForEditing(Conflict):
    code = "closed_for_editing"
    sentence = _(
        "“%(layer)s” is only for reading. An administrator opens a layer for editing in the catalogue."
    )


class NotUnderstood(PortalError):
    code = "not_understood"
    sentence = _("The page sent something that is not understood (%(what)s). Load it again.")


class NotCut(PortalError):
    code = "not_cut"
    sentence = _(
        "The line does not cut the shape in two. Draw it from outside to outside, all the way across."
    )


class DoNotTouch(PortalError):
    code = "do_not_touch"
    sentence = _("These do not touch one another, so they cannot be one. Choose neighbours.")


class OneKindOnly(PortalError):
    code = "one_kind_only"
    sentence = _("Only shapes of the same kind can be merged: surfaces with surfaces, lines with lines.")


class Overlaps(Conflict):
    code = "overlaps"
    sentence = _(
        "Overlaps with neighbours: %(count)s, %(area)s m² in all. Mend them, or confirm them and save again."
    )

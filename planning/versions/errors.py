"""Refusals of draft plans."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, PortalError


class SameLayer(PortalError):
    code = "same_layer"
    sentence = _("A layer is not a draft of itself. Choose two layers.")


class NotADraft(Conflict):
    code = "not_a_draft"
    sentence = _("This draft was adopted or dropped already. Load the page again.")

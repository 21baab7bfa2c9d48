"""Why a job ended without a result, in words."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.children import FAILED, INTERRUPTED, STOPPED, TOO_MUCH_MEMORY

SENTENCES = {
    STOPPED: _("It was stopped. Nothing was changed."),
    INTERRUPTED: _("The process that worked on it was interrupted. Ask for it again."),
    FAILED: _("It failed, and the log of the portal says where. Tell the administrator."),
    TOO_MUCH_MEMORY: _("It needs more memory than it may have. Ask for a smaller part."),
    "enough": _("Enough of your jobs are waiting. Stop one of them, or wait until one is done."),
}


def sentence_of(why: str, language: str = "") -> str:
    with translation.override(language or translation.get_language()):
        return str(SENTENCES[why])

"""Why an import is not undone: nothing was changed."""

from django.utils.translation import gettext_lazy as _

from importers.errors import ImportRefused


class AlreadyUndone(ImportRefused):
    code = "already_undone"
    sentence = _("Import %(run)s was undone already, by run %(by)s. To bring it back, undo that one.")


class NothingToUndo(ImportRefused):
    code = "nothing_to_undo"
    sentence = _("Import %(run)s changed nothing that could be undone.")


class UndoBlocked(ImportRefused):
    code = "undo_blocked"
    sentence = _(
        "This cannot go back while something else holds on to it (%(detail)s). Change that first, then undo again."
    )

"""Why a file is not taken, or a run cannot go on: each a fact with the sentence that says what to do next."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, PortalError


class StillAtWork(Conflict):
    code = "still_at_work"
    sentence = _("This file is being worked on. Wait until that ends, or stop it first.")


class CannotNow(Conflict):
    code = "cannot_now"
    sentence = _(
        "This cannot be done with the import as it stands now. Load its page again to see what can be done."
    )


class FileGone(PortalError):
    status = 404
    code = "file_gone"
    sentence = _(
        "The file of this import is not kept any more. What it wrote is still there; to import it again, upload it "
        "again."
    )


class UploadRefused(PortalError):
    """The upload as a whole is not taken; nothing of it is kept."""

    code: ClassVar[str] = "upload_refused"


class NothingUploaded(UploadRefused):
    code = "nothing_uploaded"
    sentence = _("No file arrived. Choose a file, or drop it on the page, and try again.")


class EmptyFile(UploadRefused):
    code = "empty_file"
    sentence = _("“%(file)s” is empty. Check that the copy is complete, and choose it again.")


class UploadTooLarge(UploadRefused):
    status: ClassVar[int] = 413
    code = "upload_too_large"
    sentence = _(
        "The file is larger than %(limit)s, which is the most that can be uploaded here. Zip it, split it, or ask "
        "the administrator to import it on the server."
    )


class SeveralFiles(UploadRefused):
    code = "several_files"
    sentence = _(
        "Several files arrived that do not belong together: %(files)s. Upload one file at a time; only the parts of a "
        "Shapefile, with the same name, come together."
    )


class UnknownKind(UploadRefused):
    code = "unknown_kind"
    sentence = _(
        "“%(file)s” is not a kind of file that can be imported. Save it as one of these, and upload that: %(known)s."
    )


class NoRoomForFile(UploadRefused):
    status: ClassVar[int] = 507
    code = "no_room_for_file"
    sentence = _(
        "The server has no room left for this file. Nothing was changed. Ask the administrator to make room, then try "
        "again."
    )

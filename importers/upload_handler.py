"""An imported file on its way in: written where it will be kept, its checksum taken on the way, bounded.

Django's own handlers take what is uploaded anywhere else.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers
from django.template.defaultfilters import filesizeformat

from importers.querysets import targets_of
from importers.run_errors import NoRoomForFile, UploadTooLarge

#: The form around the file.
FORM_BYTES = 1 << 20


class ReceivedFile(TemporaryUploadedFile):
    """A file that came whole; `sha256` is its checksum. Lies on the disk of the kept files, so that keeping it is a
    change of name."""

    def __init__(self, name: str | None, content_type: str | None, charset: str | None) -> None:
        folder = Path(settings.PRIVATE_FILES_DIR) / "incoming"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115 - Django closes it
        UploadedFile.__init__(self, file, name, content_type, 0, charset)
        self.hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self.hash.hexdigest()


class ImportUploadHandler(FileUploadHandler):
    """Takes files at the address of the import page alone, of people who may import something."""

    taken: ReceivedFile | None = None
    takes = drops = False

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Refuse before anything is read; raises UploadTooLarge."""
        request = self.request
        match = request.resolver_match if request is not None else None
        self.takes = match is not None and match.view_name == "importers:new"
        if not self.takes or request is None:
            return
        self.drops = not targets_of(request.user)
        refuse_too_large(content_length - FORM_BYTES)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.drops:  # the view will say no; nothing is written meanwhile
            raise SkipFile()
        if self.takes:
            self.taken = ReceivedFile(self.file_name, self.content_type, self.charset)
            raise StopFutureHandlers()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.taken is None:
            return raw_data
        try:
            refuse_too_large(start + len(raw_data))
            self.taken.write(raw_data)
        except UploadTooLarge:
            self.taken.close()
            raise
        except OSError as error:
            self.taken.close()
            raise NoRoomForFile() from error
        self.taken.hash.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.taken is None:
            return None
        self.taken.seek(0)
        self.taken.size = file_size
        return self.taken

    def upload_interrupted(self) -> None:
        if self.taken is not None:
            self.taken.close()


def refuse_too_large(size: int) -> None:
    if size > settings.IMPORT_MAX_BYTES:
        raise UploadTooLarge(limit=filesizeformat(settings.IMPORT_MAX_BYTES))

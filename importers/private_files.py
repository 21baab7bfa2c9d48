"""Where files that people give are kept: apart from everything a web server hands out."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Under settings.PRIVATE_FILES_DIR, without an address, readable by the portal alone."""

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_FILES_DIR)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)


def private_storage() -> FileSystemStorage:
    return PrivateStorage(base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700)

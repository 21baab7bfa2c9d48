"""Where files that people give are kept: apart from everything a web server hands out."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """Under settings.PRIVATE_FILES_DIR, without an address."""
    return FileSystemStorage(location=settings.PRIVATE_FILES_DIR, base_url=None)

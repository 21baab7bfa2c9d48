"""Small pictures as a phone would send them."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(width: int = 640, height: int = 480, exif: Image.Exif | None = None) -> bytes:
    """A JPEG in one colour of asphalt, with the given EXIF."""
    buffer = BytesIO()
    picture = Image.new("RGB", (width, height), (96, 98, 102))
    picture.save(buffer, "JPEG", exif=exif or Image.Exif())
    return buffer.getvalue()


def jpeg_file(width: int, height: int) -> "ContentFile[bytes]":
    return ContentFile(jpeg(width, height), name="photo.jpg")


def uploaded_jpeg(name: str = "photo.jpg", width: int = 640, height: int = 480) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(width, height), content_type="image/jpeg")

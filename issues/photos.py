"""A photo from a stranger becomes a clean JPEG, or a refusal in a sentence.

Size and pixel count are judged from the header before anything is decoded. What the camera wrote about place
and time is read, then thrown away with all other metadata: the new file is drawn pixel by pixel.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from struct import error as StructError
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError

from core.errors import BadCoordinates, PortalError
from core.geo import LonLat

FORMATS = ("JPEG", "PNG", "WEBP")
FULL_PIXELS = 2048
THUMBNAIL_PIXELS = 480
QUALITY = 84

# What Pillow raises on files that are broken on purpose or by a bad connection.
BROKEN = (OSError, EOFError, ValueError, SyntaxError, TypeError, IndexError, KeyError, StructError)


class PhotoRefused(PortalError):
    code = "photo_refused"
    sentence = _("This photo could not be read. Choose it again, or another one.")


NOT_A_PHOTO = _("This file is not a photo we can read. Choose a JPEG, PNG or WebP photo.")
TOO_HEAVY = _("This photo is larger than %(megabytes)s MB. Choose a smaller one.")
TOO_MANY_PIXELS = _("This photo has more than %(megapixels)s million pixels. Choose a smaller one.")
MOVES = _("This picture moves. Choose a photo that stands still.")
CUT_SHORT = _("This photo did not arrive whole or is damaged. Choose it again, or another one.")


@dataclass(frozen=True)
class PreparedPhoto:
    """`image` and `thumbnail` are JPEG without metadata, upright; `location` and `taken_at` come from the
    camera and are None where it did not tell."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int
    location: LonLat | None = None
    taken_at: datetime | None = None


def prepare_photo(upload: UploadedFile) -> PreparedPhoto:
    """Read, judge and redraw an uploaded photo; raises PhotoRefused."""
    if (upload.size or 0) > settings.PHOTO_MAX_BYTES:
        raise PhotoRefused(TOO_HEAVY, megabytes=settings.PHOTO_MAX_BYTES // 2**20)
    upload.seek(0)
    # WeasyPrint, once loaded, makes Pillow fill up what is cut short, for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            _judge_header(picture)
            location, taken_at = _place_and_time(picture)
            clean = _redraw(picture)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise PhotoRefused(NOT_A_PHOTO) from error
    except BROKEN as error:
        raise PhotoRefused(CUT_SHORT) from error
    return PreparedPhoto(
        image=_jpeg(clean, FULL_PIXELS),
        thumbnail=_jpeg(clean, THUMBNAIL_PIXELS),
        width=clean.width,
        height=clean.height,
        location=location,
        taken_at=taken_at,
    )


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(TOO_MANY_PIXELS, megapixels=settings.PHOTO_MAX_PIXELS // 10**6)


def _judge_header(picture: Image.Image) -> None:
    if picture.width * picture.height > settings.PHOTO_MAX_PIXELS:
        raise _too_many_pixels()
    # Phones store a second picture (depth, HDR gain) in the JPEG; only the first is the photo.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise PhotoRefused(MOVES)


def _redraw(picture: Image.Image) -> Image.Image:
    """The first frame, upright, at most FULL_PIXELS a side, on white, in a fresh image."""
    if picture.mode == "P":
        picture = picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits a pixel: scale, for convert() would only clip
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    orientation = picture.getexif().get(ExifTags.Base.Orientation)
    picture.thumbnail((FULL_PIXELS, FULL_PIXELS), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture) if orientation else picture
    clean = Image.new("RGB", upright.size, "white")
    mask = upright.convert("RGBA").getchannel("A") if upright.has_transparency_data else None
    clean.paste(upright.convert("RGB"), mask=mask)
    return clean


def _jpeg(picture: Image.Image, pixels: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((pixels, pixels))
    out = BytesIO()
    copy.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _place_and_time(picture: Image.Image) -> tuple[LonLat | None, datetime | None]:
    """What the camera wrote; a camera that writes nonsense has told nothing."""
    try:
        exif = picture.getexif()
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except BROKEN:
        return None, None
    return _position(position), _taken_at(details)


def _position(gps: dict[int, Any]) -> LonLat | None:
    try:
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        place = LonLat.parse(lon, lat)
    except (BadCoordinates, ZeroDivisionError, *BROKEN):
        return None
    return None if place == LonLat(0.0, 0.0) else place


def _degrees(parts: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference).strip("\0 ").upper() == negative else value


def _taken_at(details: dict[int, Any]) -> datetime | None:
    """The camera's clock, with its own offset where written, else in the municipality's time zone."""
    text = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        if offset:
            return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z")
        return timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except (ValueError, OverflowError):
        return None

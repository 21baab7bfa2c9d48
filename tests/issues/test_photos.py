"""Photos: clean out whatever comes in."""

import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageFile

from core.geo import LonLat
from issues.photos import (
    MOVES,
    NOT_A_PHOTO,
    TOO_HEAVY,
    TOO_MANY_PIXELS,
    PhotoRefused,
    PreparedPhoto,
    prepare_photo,
)


def upload(picture: Image.Image, form: str = "JPEG", **options: Any) -> SimpleUploadedFile:
    out = BytesIO()
    picture.save(out, form, **options)
    return SimpleUploadedFile("photo", out.getvalue())


@contextlib.contextmanager
def refused(sentence: object) -> Iterator[None]:
    """The photo is refused with this sentence, in whatever language it is said."""
    with pytest.raises(PhotoRefused) as refusal:
        yield
    assert refusal.value.sentence == sentence
    assert "%(" not in str(refusal.value)


def opened(prepared: PreparedPhoto) -> Image.Image:
    return Image.open(BytesIO(prepared.image))


def phone_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Phone of Alice"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (38.0, 14.0, 30.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (21.0, 44.0, 15.0),
        }
    )
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: "2026:07:14 09:30:00",
            ExifTags.Base.OffsetTimeOriginal: "+03:00",
        }
    )
    return exif


def test_position_and_time_are_read_and_no_metadata_stays() -> None:
    picture = Image.new("RGB", (64, 48), "red")
    prepared = prepare_photo(upload(picture, exif=phone_exif(), comment=b"Alice lives here"))
    assert prepared.location is not None
    assert (round(prepared.location.lon, 4), round(prepared.location.lat, 4)) == (21.7375, 38.2417)
    assert prepared.taken_at == datetime(2026, 7, 14, 6, 30, tzinfo=UTC)
    for data in (prepared.image, prepared.thumbnail):
        assert b"Alice" not in data
        assert b"Exif" not in data
        assert not Image.open(BytesIO(data)).getexif()


def test_turned_photo_is_set_upright() -> None:
    picture = Image.new("RGB", (80, 40), "blue")
    picture.paste("red", (0, 0, 20, 40))
    prepared = prepare_photo(upload(picture, exif=phone_exif(orientation=6), quality=95))
    upright = opened(prepared)
    assert upright.size == (40, 80) == (prepared.width, prepared.height)
    red, _, blue = upright.getpixel((20, 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 60


def test_large_photo_is_scaled_to_2048_and_480() -> None:
    prepared = prepare_photo(upload(Image.new("RGB", (4000, 3000), "green")))
    assert (prepared.width, prepared.height) == (2048, 1536)
    assert Image.open(BytesIO(prepared.thumbnail)).size == (480, 360)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_become_jpeg(form: str) -> None:
    assert opened(prepare_photo(upload(Image.new("RGB", (30, 20), "red"), form))).format == "JPEG"


def test_print_colours_are_turned_into_screen_colours() -> None:
    red, green, blue = opened(prepare_photo(upload(Image.new("CMYK", (30, 20), (0, 255, 255, 0))))).getpixel(
        (5, 5)
    )  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


def test_see_through_parts_become_white() -> None:
    clean = opened(prepare_photo(upload(Image.new("RGBA", (30, 20), (255, 0, 0, 0)), "PNG")))
    assert min(clean.getpixel((5, 5))) > 250  # type: ignore[arg-type]


def test_palette_with_a_see_through_colour_becomes_white() -> None:
    picture = Image.new("P", (30, 20), 0)
    picture.putpalette([10, 20, 30] * 256)
    clean = opened(prepare_photo(upload(picture, "PNG", transparency=0)))
    assert min(clean.getpixel((5, 5))) > 250  # type: ignore[arg-type]


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    picture = Image.new("I;16", (30, 20), 0x8000)
    value = opened(prepare_photo(upload(picture, "PNG"))).convert("L").getpixel((5, 5))
    assert 120 <= value <= 136  # type: ignore[operator]


def test_moving_picture_is_refused() -> None:
    first, second = Image.new("RGB", (20, 20), "red"), Image.new("RGB", (20, 20), "blue")
    for form in ("PNG", "WEBP"):
        with refused(MOVES):
            prepare_photo(upload(first, form, save_all=True, append_images=[second]))


def test_second_picture_of_a_phone_is_left_out() -> None:
    first, second = Image.new("RGB", (20, 20), "red"), Image.new("RGB", (20, 20), "blue")
    clean = opened(prepare_photo(upload(first, "MPO", save_all=True, append_images=[second])))
    assert clean.getpixel((5, 5))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 40, b"%PDF"],
)
def test_a_file_that_is_no_photo_is_refused(content: bytes) -> None:
    with refused(NOT_A_PHOTO):
        prepare_photo(SimpleUploadedFile("photo.jpg", content, "image/jpeg"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_truncated_photo_is_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # As libraries that write PDF leave it behind.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    noise = Image.frombytes("RGB", (200, 200), random.Random(7).randbytes(120_000))
    whole = upload(noise, form).read()
    with pytest.raises(PhotoRefused):
        prepare_photo(SimpleUploadedFile("photo.jpg", whole[: len(whole) // 2]))


def test_pixels_are_counted_before_decoding(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PHOTO_MAX_PIXELS = 1000
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_a, **_k: pytest.fail("decoded"))
    with refused(TOO_MANY_PIXELS):
        prepare_photo(upload(Image.new("RGB", (50, 50)), "PNG"))


def test_decompression_bomb_is_refused_in_a_sentence() -> None:
    bomb = bytearray(upload(Image.new("L", (10, 10)), "PNG").read())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(PhotoRefused):
        prepare_photo(SimpleUploadedFile("photo.png", bytes(bomb)))


def test_heavy_file_is_refused_before_it_is_opened(settings: Any) -> None:
    settings.PHOTO_MAX_BYTES = 2**20
    with refused(TOO_HEAVY):
        prepare_photo(SimpleUploadedFile("photo.jpg", b"\0" * (2**20 + 1)))


def test_nonsense_from_the_camera_counts_as_nothing() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (980.0, 0.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (21.0, 0.0, 0.0),
        }
    )
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 00:00:00"
    prepared = prepare_photo(upload(Image.new("RGB", (10, 10)), exif=exif))
    assert prepared.location is None
    assert prepared.taken_at is None


def test_south_and_west_are_negative() -> None:
    exif = phone_exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "S", ExifTags.GPS.GPSLongitudeRef: "W"}
    )
    place = prepare_photo(upload(Image.new("RGB", (10, 10)), exif=exif)).location
    assert place is not None
    assert place == LonLat(-21.7375, -38.24166666666667)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_any_damaged_byte_ends_in_a_photo_or_a_sentence() -> None:
    noise = Image.frombytes("RGB", (40, 40), random.Random(1).randbytes(4800))
    dice = random.Random(11)
    for form in ("JPEG", "PNG", "WEBP"):
        whole = upload(noise, form, exif=phone_exif()).read()
        for _ in range(150):
            damaged = bytearray(whole)
            for _ in range(dice.randint(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            with contextlib.suppress(PhotoRefused):
                prepare_photo(SimpleUploadedFile("photo", bytes(damaged)))

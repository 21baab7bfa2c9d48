"""A piece of a raster with a README in Greek and in English, in one zip without a name."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from layers.exports.survey import LANGUAGES
from layers.models import Raster
from layers.rasters.clip import Clip, write_clip
from layers.rasters.survey import survey_of

README = "README.txt"


def clip_file(clip: Clip, address: str) -> BinaryIO:
    """The zip, gone when it is closed."""
    file = tempfile.TemporaryFile(prefix="clip-")  # noqa: SIM115  closed by the response
    try:
        with tempfile.TemporaryDirectory(prefix=".clip-") as folder:
            path = Path(folder) / f"{clip.raster.slug}.tif"
            write_clip(clip, path)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.write(path, path.name)
                archive.writestr(README, _readme(clip, path.name, address), zipfile.ZIP_DEFLATED)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _readme(clip: Clip, name: str, address: str) -> str:
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            parts.append("\r\n".join(_lines(clip, name, address)))
    return "\ufeff" + "\r\n\r\n\r\n".join(parts) + "\r\n"


def _lines(clip: Clip, name: str, address: str) -> Iterator[str]:
    raster = clip.raster
    title = str(raster)
    yield from (title, "=" * len(title))
    yield _("Files: %(names)s") % {"names": name}
    yield _("Made: %(moment)s") % {
        "moment": date_format(timezone.localtime(timezone.now()), "DATETIME_FORMAT")
    }
    yield _("Address: %(address)s") % {"address": f"{settings.SITE_URL}{address}"}
    yield _("Revision: %(number)s") % {"number": raster.revision}
    yield _("Size: %(width)d × %(height)d pixels") % {"width": clip.width, "height": clip.height}
    if raster.unit:
        yield _("Unit of the values: %(unit)s") % {"unit": raster.unit}
    yield _("Source: %(source)s") % {"source": raster.source or "—"}
    yield _("Licence: %(licence)s") % {"licence": raster.licence or _("not stated; ask the municipality")}
    yield from ("", _("Coordinate system: %(crs)s") % {"crs": clip.system.title}, _pixels(clip, raster))


def _pixels(clip: Clip, raster: Raster) -> str:
    if clip.window is not None:
        return _("The pixels are those of the raster, unchanged.")
    size = f"{survey_of(raster).resolution_metres:.3g}"
    return _(
        "The pixels were computed anew from those of the raster, which are %(size)s m wide; from the Greek Grid to "
        "WGS 84 places are good to 1 metre."
    ) % {"size": size}

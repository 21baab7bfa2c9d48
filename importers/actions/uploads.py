"""A file arrives from a browser: it is kept with its checksum, as a run that waits for its check."""

import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path, PurePath
from typing import IO, Any, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from importers.actions.asking import ask_check
from importers.actions.runs import checksum
from importers.models import ImportRun, ImportState
from importers.run_errors import EmptyFile, NoRoomForFile, NothingUploaded, SeveralFiles, UnknownKind
from importers.sources import signatures
from importers.upload_handler import ReceivedFile, refuse_too_large

SHAPEFILE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".qpj", ".cst"}
#: The same parts make the same zip, so that its checksum tells that they came before.
ALWAYS_THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def take_upload(
    *, files: Sequence[UploadedFile], target: str, slug: str, order: dict[str, Any], user: User
) -> ImportRun:
    """Keep the file (or the parts of one Shapefile, zipped), and ask for its check.

    Raises UploadRefused with nothing kept.
    """
    refuse_unfit(files)
    try:
        with transaction.atomic():
            run = _kept(files, ImportRun(target=target, target_slug=slug, order=order, user=user))
            return ask_check(run=run)
    except OSError as error:
        raise NoRoomForFile() from error


def refuse_unfit(files: Sequence[UploadedFile]) -> None:
    """Raise UploadRefused unless these are one file, or the parts of one Shapefile, of a kind that can be read."""
    if not files:
        raise NothingUploaded()
    refuse_too_large(sum(file.size or 0 for file in files))
    if len(files) > 1 and not _one_shapefile(files):
        raise SeveralFiles(files=", ".join(_name(file) for file in files[:10]))
    for file in files:
        if not file.size:
            raise EmptyFile(file=_name(file))
    if len(files) == 1 and signatures.signature_of(Path(_name(files[0]))) is None:
        raise UnknownKind(file=_name(files[0]), known=signatures.known_extensions())


def _one_shapefile(files: Sequence[UploadedFile]) -> bool:
    names = [PurePath(_name(file).lower()) for file in files]
    stems = {str(name).removesuffix(".xml").rpartition(".")[0] for name in names}
    known = all(name.suffix in SHAPEFILE_PARTS or str(name).endswith(".shp.xml") for name in names)
    return known and len(stems) == 1 and any(name.suffix == ".shp" for name in names)


def _kept(files: Sequence[UploadedFile], run: ImportRun) -> ImportRun:
    main = next((file for file in files if _name(file).lower().endswith(".shp")), files[0])
    run.state, run.created_at = ImportState.UPLOADED, timezone.now()
    run.file_kept_until = timezone.localdate() + timedelta(days=settings.IMPORT_FILE_KEPT_DAYS)
    alone = len(files) == 1
    name = _name(main) if alone else f"{_name(main)[:-4]}.zip"
    run.file_name = name[-300:]
    # A folder of its own, so that readers call the file what the person calls it.
    stored = f"{uuid4().hex}/{_short(name)}"
    content = main if alone else _zipped(files)
    run.file.save(stored, content, save=False)
    content.close()
    try:
        run.file_bytes = run.file.size
        known = content.sha256 if alone and isinstance(content, ReceivedFile) else ""
        run.file_sha256 = known or checksum(Path(run.file.path))
        run.save()
    except BaseException:
        run.file.delete(save=False)
        raise
    return run


def _zipped(files: Sequence[UploadedFile]) -> ReceivedFile:
    """The parts in one zip."""
    whole = ReceivedFile("parts.zip", "application/zip", None)
    with zipfile.ZipFile(cast(IO[bytes], whole), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(files, key=_name):
            entry = zipfile.ZipInfo(_name(file), ALWAYS_THE_SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as part:
                for chunk in file.chunks(1 << 20):
                    part.write(chunk)
    whole.flush()
    whole.size = whole.tell()
    whole.seek(0)
    return whole


def _short(name: str) -> str:
    """Few enough bytes for any file system, the extension kept."""
    suffix = PurePath(name).suffix[:20]
    stem = name.removesuffix(suffix).encode()[:120].decode(errors="ignore")
    return f"{stem.strip() or 'file'}{suffix}"


def _name(file: UploadedFile) -> str:
    """The last part of what the browser called it."""
    return PurePath((file.name or "file").replace("\\", "/")).name

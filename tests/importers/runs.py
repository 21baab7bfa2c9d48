"""Runs of the import pages, made on the spot: a small GeoJSON file, a person, a target."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from importers.actions.runs import checksum
from importers.models import ImportRun, ImportState
from tests.importers.files import in_degrees, square


def geojson(codes: list[str], names: list[str] | None = None) -> bytes:
    """Squares side by side, with a CODE and a NAME."""
    features = [
        {
            "type": "Feature",
            "properties": {"CODE": code, "NAME": (names or codes)[index]},
            "geometry": json.loads(in_degrees_json(4000 + 200 * index)),
        }
        for index, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def in_degrees_json(x: float) -> str:
    import shapely

    return str(shapely.to_geojson(in_degrees(square(x, 7500))))


def uploaded(
    user: User | None,
    content: bytes | None = None,
    *,
    file_name: str = "πάρκα.geojson",
    target: str = "layer",
    slug: str = "parks",
    refused: bytes = b"",
    **fields: Any,
) -> ImportRun:
    """A run whose file is kept, as after an upload."""
    run = ImportRun(
        file_name=file_name,
        target=target,
        target_slug=slug,
        user=user,
        state=fields.pop("state", ImportState.UPLOADED),
        order=fields.pop("order", {"key": "CODE", "title": "Πάρκα"}),
        **fields,
    )
    data = geojson(["A", "B", "C"]) if content is None else content
    run.file.save(f"kept{Path(file_name).suffix}", ContentFile(data), save=False)
    if refused:
        run.refused_rows.save("refused.csv", ContentFile(refused), save=False)
    run.file_bytes, run.file_sha256 = len(data), checksum(Path(run.file.path))
    run.save()
    return run

"""Import the files of one storage CRS, one after the other; a line of JSON for each: `python -m … FIRST < cases`.

The storage CRS is a setting read at the start, so there is a process for each; a crash of a library is told by the
line that is missing.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def told(path: Path, case: dict[str, Any], number: int, layer: str = "") -> dict[str, Any]:
    """What became of a file, or of one layer inside it."""
    from core.errors import PortalError
    from importers.actions.layer import LayerOrder, import_layer
    from importers.sources import ReadOptions

    slug = f"file-{number}"
    options = ReadOptions(**{**case["said"], **({"source_layer": layer} if layer else {})})
    try:
        report = import_layer(LayerOrder(path, slug, options=options, set_aside=True))
    except PortalError as refusal:
        return {
            "refused": str(refusal),
            "code": refusal.code,
            "facts": {k: str(v) for k, v in refusal.facts.items()},
        }
    return {
        "counts": {name: count for name, count in report.counts_json().items() if count},
        "crs": report.source_crs,
        "encoding": report.encoding,
        "found": dict(report.found),
        "differs": differences(path, layer, report.encoding, slug, case),
    }


def differences(path: Path, layer: str, encoding: str, slug: str, case: dict[str, Any]) -> list[str] | None:
    """Where the layer is not what GDAL reads; None where that was not compared."""
    from tests.real_data.import_report import ours, theirs
    from tests.real_data.import_report.compared import unlike

    reference = theirs.measures(path, layer, encoding, case["srid"], case["said"].get("source_crs", ""))
    return None if reference is None else unlike(ours.measures(slug), reference)


def told_raster(path: Path, number: int) -> dict[str, Any]:
    from core.errors import PortalError
    from importers.actions.raster import RasterOrder, import_raster
    from tests.real_data.import_report.rasters import unlike_raster

    try:
        report = import_raster(RasterOrder(path, f"raster-{number}"))
    except PortalError as refusal:
        return {"refused": str(refusal), "code": refusal.code, "facts": {}}
    return {
        "counts": {name: count for name, count in report.counts_json().items() if count},
        "crs": report.source_crs,
        "encoding": "",
        "found": dict(report.found),
        "differs": unlike_raster(path, f"raster-{number}"),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    django.setup()
    from django.utils import translation

    translation.activate("en")
    folder = Path(sys.argv[1])
    for number, case in enumerate(json.load(sys.stdin)):
        path = folder / case["name"]
        answer = told_raster(path, number) if case["raster"] else told(path, case, number)
        print(json.dumps({**case, **answer}), flush=True)
        for inner in inside(answer):
            answer = told(path, case, number * 1000 + 1 + inner[0], inner[1])
            print(json.dumps({**case, "layer": inner[1], **answer}), flush=True)


def inside(answer: dict[str, Any]) -> list[tuple[int, str]]:
    """The layers that the refusal names, each of which is then imported by itself."""
    if answer.get("code") != "choose_layer_inside":
        return []
    return list(enumerate(answer["facts"]["layers"].split(", ")))


if __name__ == "__main__":
    main()

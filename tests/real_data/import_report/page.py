"""The page `docs/import-report.md`: a line for every file, from what the imports told."""

from itertools import groupby
from typing import Any

HEAD = """# What becomes of every file of the test data

Written by `tests/real_data/test_import_report.py` (set `WRITE_IMPORT_REPORT=1` to write it anew), which imports every
file of the shared data into a portal with the storage CRS named in each heading. “= GDAL” means: rows, areas, lengths
and texts are those that pyogrio's GDAL reads from the same file (areas and lengths to 1e-6 after the same
transformation and repair); for rasters, every pixel. “—” means that GDAL has no such reading (it knows other rows, or
does not open it). A refused file changes nothing; the sentence is what the person reads.
"""
COLUMNS = "| file | result | CRS | encoding | beside GDAL |\n|---|---|---|---|---|\n"


def page(lines: list[dict[str, Any]]) -> str:
    """Markdown; `lines` are grouped by folder, in their order."""
    parts = [HEAD, _summary(lines)]
    for (folder, srid), group in groupby(lines, key=lambda line: (line["name"].split("/")[0], line["srid"])):
        parts.append(f"\n## {folder} (storage EPSG:{srid})\n\n{COLUMNS}" + "".join(map(_line, group)))
    return "".join(parts)


def _summary(lines: list[dict[str, Any]]) -> str:
    whole = [line for line in lines if "layer" not in line]
    imported = sum("counts" in line for line in lines)
    compared = sum(line.get("differs") is not None for line in lines)
    same = sum(line.get("differs") == [] for line in lines)
    return (
        f"\n{len(whole)} files; {imported} files or layers inside them imported, of which {same} of {compared} that can"
        f" be compared are as GDAL reads them; {sum('refused' in line for line in lines)} refused.\n"
    )


def _line(line: dict[str, Any]) -> str:
    name = line["name"].split("/", 1)[1] + (f" · {line['layer']}" if "layer" in line else "")
    cells = (name, _result(line), line.get("crs", ""), line.get("encoding", ""), _beside(line))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _result(line: dict[str, Any]) -> str:
    if "refused" in line:
        return f"refused: {line['refused']}"
    counts = ", ".join(f"{count:,} {name}" for name, count in line["counts"].items())
    found = "; ".join(
        f"{code} {count:,}" for code, count in sorted(line["found"].items()) if code not in QUIET
    )
    return f"imported: {counts}" + (f" ({found})" if found else "")


QUIET = {"hash_key", "no_boundary"}


def _beside(line: dict[str, Any]) -> str:
    if line.get("differs") is None:
        return "—"
    return "= GDAL" if not line["differs"] else "; ".join(line["differs"])

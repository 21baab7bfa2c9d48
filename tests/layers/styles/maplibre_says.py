"""Asks MapLibre's own library of styles, by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings

SCRIPT = Path(__file__).with_suffix(".cjs")


def maplibre_says(**asked: Any) -> dict[str, Any]:
    """`values`: {expression, properties, zoom, type} each; `filters`: the same with `filter`; `style`: a whole style.
    Answers {"values": [{"value"} or {"failed"} or {"refused"}], "filters": [bool], "errors": [message]}."""
    library = Path(settings.BASE_DIR) / "node_modules/@maplibre/maplibre-gl-style-spec/dist/index.cjs"
    done = subprocess.run(
        ["node", str(SCRIPT), str(library)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def problems_of(fragments: list[dict[str, Any]]) -> list[str]:
    """What MapLibre finds wrong with fragments, as layers of a whole style."""
    source = {"type": "vector", "tiles": ["https://tiles.example.gr/{z}/{x}/{y}.mvt"]}
    layers = [
        {**fragment, "id": str(index), "source": "tiles", "source-layer": "here"}
        for index, fragment in enumerate(fragments)
    ]
    style = {"version": 8, "sources": {"tiles": source}, "layers": layers, "glyphs": "x/{fontstack}/{range}"}
    errors: list[str] = maplibre_says(style=style)["errors"]
    return errors

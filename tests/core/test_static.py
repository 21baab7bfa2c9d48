"""Hashed names of static files in production."""

from pathlib import Path

from django.conf import settings as project
from django.core.files.storage import FileSystemStorage

from core.static import ModuleManifestStorage

SCRIPT = """
import { b } from "./b.js";
/** @typedef {import("package").Thing} Thing */
/** @typedef {import("./b.js").Back} Back */
const c = await import("./c.js");
"""


def hashed(folder: Path, sources: dict[str, str]) -> dict[str, str]:
    """Name → text of the files as a deployment serves them."""
    for name, text in sources.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(text, encoding="utf-8")
    source = FileSystemStorage(folder / "in")
    storage = ModuleManifestStorage(location=str(folder / "out"), base_url=project.STATIC_URL)
    paths = {}
    for name in sources:
        with source.open(name) as file:
            storage.save(name, file)
        paths[name] = (storage, name)
    for _name, _new, processed in storage.post_process(paths):
        if isinstance(processed, Exception):
            raise processed
    return {name: (folder / "out" / storage.stored_name(name)).read_text("utf-8") for name in sources}


def test_imports_name_the_hashed_files_and_types_in_comments_are_left_alone(tmp_path: Path) -> None:
    circle = '/** @typedef {import("./a.js").A} A */\nexport const b = 1;\n'
    texts = hashed(tmp_path, {"a.js": SCRIPT, "b.js": circle, "c.js": "export const c = 1;\n"})
    lines = texts["a.js"].splitlines()
    assert 'from "./b.js"' not in lines[1]
    assert '{import("package").Thing}' in lines[2]
    assert '{import("./b.js").Back}' in lines[3]
    assert 'await import("./c.' in lines[4]
    assert '"./c.js"' not in lines[4]
    assert texts["b.js"] == circle

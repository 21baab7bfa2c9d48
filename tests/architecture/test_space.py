"""The storage CRS is a setting: no migration or module repeats its number."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import files, findings, name_of, parsed

STORAGE_CODES = {2100, 26985}


def literal_codes(tree: ast.Module) -> Iterator[ast.Constant]:
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return (node for node in constants if type(node.value) is int and node.value in STORAGE_CODES)


DRAWN_IN_METRES = "gisportal/demo/"


def test_no_module_or_migration_names_the_storage_crs() -> None:
    """The demo is drawn in metres, where such a number is a length."""
    sources = [
        p for p in files(".py") if p.name != "settings.py" and not name_of(p).startswith(DRAWN_IN_METRES)
    ]
    assert [where for path in sources for where in findings(path, literal_codes(parsed(path)))] == []

"""The project's own source files, found on disk; what tools generate stays out."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "accounts",
    "assets",
    "core",
    "crews",
    "gisportal",
    "importers",
    "issues",
    "layers",
    "municipality",
    "planning",
)
GENERATED = {"__pycache__", "node_modules", "var", ".venv"}


@cache
def files(suffix: str, *folders: str) -> list[Path]:
    """Files ending in `suffix` below the given folders of the checkout (the rooms when none is given)."""
    found = (path for folder in folders or ROOMS for path in (ROOT / folder).rglob(f"*{suffix}"))
    return sorted(path for path in found if not GENERATED.intersection(path.parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_without_migrations() -> list[Path]:
    return [path for path in files(".py") if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def findings(path: Path, nodes: "Iterator[ast.expr | ast.stmt]") -> list[str]:
    """`file:line` of each node, so that an assertion on an empty list says where to look."""
    return [f"{name_of(path)}:{node.lineno}" for node in nodes]

"""Only actions write: no write in views, forms or models, no signals, no triggers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import files, findings, name_of, parsed, python_without_migrations

WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "get_or_create",
    "select_for_update",
    "update_or_create",
}
WITHOUT_POSITIONAL = {
    "delete",
    "save",
    "update",
}  # so that dict.update(other) and storage.save(name) are not meant
# Who may write besides actions: the demo builds a town, the user manager makes accounts, the outbox and its
# delivery write and mark mails.
WRITERS = {"accounts/models.py", "issues/delivery.py", "issues/outbox.py"}


def may_write(path: Path) -> bool:
    name = name_of(path)
    return name in WRITERS or name.startswith("gisportal/demo/") or "actions" in {*path.parts, path.stem}


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in WRITES:
        return True
    return call.func.attr in WITHOUT_POSITIONAL and not call.args


def writes(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_write(node))


def overrides(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    members = (member for owner in classes for member in owner.body)
    return (m for m in members if isinstance(m, ast.FunctionDef) and m.name in {"save", "delete"})


def signal_imports(tree: ast.Module) -> Iterator[ast.ImportFrom]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return (node for node in imports if "signals" in (node.module or "") or node.module == "django.dispatch")


def test_only_actions_write() -> None:
    readers = [path for path in python_without_migrations() if not may_write(path)]
    assert [where for path in readers for where in findings(path, writes(parsed(path)))] == []


def test_the_check_knows_a_write_from_a_read() -> None:
    tree = ast.parse("Issue.objects.filter(pk=1).update(state='x')\nseen.update(other)\nissue.save()\n")
    assert [call.lineno for call in writes(tree)] == [1, 3]


def test_no_model_or_form_overrides_save_or_delete() -> None:
    assert [w for path in python_without_migrations() for w in findings(path, overrides(parsed(path)))] == []


def test_no_django_signals() -> None:
    assert [
        w for path in python_without_migrations() for w in findings(path, signal_imports(parsed(path)))
    ] == []


# The only one fills a column that says the same as its neighbour, as a generated column would (ADR 0012).
TRIGGERS = ["layers/sql/web_copy.sql"]


def test_no_database_triggers() -> None:
    sources = [*files(".sql"), *files(".py")]
    found = [name_of(path) for path in sources if "create trigger" in path.read_text("utf-8").lower()]
    assert found == TRIGGERS

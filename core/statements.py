"""Long SQL statements, kept in `<room>/sql/<name>.sql` and loaded by name; and the one quoter of identifiers."""

from functools import cache

from django.conf import settings


@cache
def statement(room: str, name: str) -> str:
    """The text of `<room>/sql/<name>.sql`. Values stay parameters; identifiers go in with `.format`, quoted."""
    path = settings.BASE_DIR / room / "sql" / f"{name}.sql"
    return str(path.read_text(encoding="utf-8"))


def quoted(identifier: str) -> str:
    """A name made safe to stand in SQL as a table or column."""
    return '"' + identifier.replace('"', '""').replace("\0", "") + '"'

"""SQL pieces as Django expressions, and the bounds in which questions are asked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DataError, InternalError, OperationalError, connection, transaction
from django.db.models import Field, Func
from psycopg2.errors import QueryCanceled

from layers.ogcapi.errors import ShapesUnclear, TooCostly, ValueOutOfRange

TIMEOUT = "8s"
SLOT = re.compile(r"\{(\d+)\}")


class Sql(Func):
    """SQL text of ours with other expressions in its slots `{0}`, `{1}`, each as often as it is needed. Values come
    in as expressions too, so they are always parameters; a percent sign in the text is doubled."""

    def __init__(self, text: str, *parts: Any, output: "Field[Any, Any]") -> None:
        super().__init__(*parts, output_field=output)
        self.text = text

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_named: Any) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(part) for part in self.get_source_expressions()]
        params: list[Any] = []

        def filled(slot: re.Match[str]) -> str:
            sql, own = compiled[int(slot[1])]
            params.extend(own)
            return str(sql)

        return SLOT.sub(filled, self.text), params


@contextmanager
def bounded() -> Iterator[None]:
    """Questions asked inside end after a while. Raises TooCostly, ValueOutOfRange."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'")
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooCostly() from error
        raise
    except InternalError as error:  # GEOS, of a geometry that is wrong in itself
        raise ShapesUnclear() from error
    except DataError as error:
        raise ValueOutOfRange() from error

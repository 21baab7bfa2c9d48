"""What the tests of imports expect again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from core.errors import PortalError
from importers.models import ImportRun, ImportState
from importers.report import Report

TABLES = (
    "layers_layer",
    "layers_feature",
    "layers_place",
    "municipality_area",
    "municipality_department",
    "assets_assettype",
    "assets_asset",
    "assets_assetevent",
    "issues_issue",
    "issues_issueevent",
    "issues_routingdecision",
    "issues_protocolcounter",
)
LEFT_OVER = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND (relpersistence = 't' OR relname LIKE '%loading')
"""


def contents() -> dict[str, str]:
    """A digest of everything an import could touch, and the tables that should not be there any more."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) FROM {table} AS r")
            found[table] = cursor.fetchone()[0]
        cursor.execute(LEFT_OVER)
        found["left over"] = str(cursor.fetchall())
    return found


@contextmanager
def refused(code: str, **facts: Any) -> Iterator[None]:
    """The import is refused with this code and these facts, nothing changes, and the run is kept as refused."""
    before, runs = contents(), ImportRun.objects.count()
    with pytest.raises(PortalError) as caught:
        yield
    assert caught.value.code == code
    assert caught.value.facts | facts == caught.value.facts
    assert "%(" not in str(caught.value)
    assert contents() == before
    run = ImportRun.objects.first()
    assert run is not None
    assert ImportRun.objects.count() == runs + 1
    assert run.state == ImportState.REFUSED
    assert run.findings[-1]["code"] == code


def counts(report: Report) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: number for name, number in report.counts_json().items() if number}


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]

"""Values as text, for formats whose cells are text."""

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone


def text_of(value: Any) -> str:
    """What a cell says: text as it is, numbers and truth as in JSON, moments in ISO 8601, lists as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def moment_text(value: datetime) -> str:
    """ISO 8601 with the offset of the municipality's clock."""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(timespec="seconds")


def json_value(value: Any) -> Any:
    """The value as JSON can hold it."""
    return text_of(value) if isinstance(value, date) else value

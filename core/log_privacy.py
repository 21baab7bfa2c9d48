"""Addresses in logs without the secrets they carry: whoever has a tracking link may act as the reporter."""

import logging
import re
from typing import Any

_SECRETS = re.compile(r"(/(?:t|follow|unfollow)/)[^/?\s\"']+|([?&]t=)[^&\s\"']+")


def masked(text: str) -> str:
    """`/t/SECRET/photo/` as `/t/…/photo/`; likewise the links of followers and `?t=SECRET`."""
    return _SECRETS.sub(lambda found: f"{found[1] or found[2]}…", text)


class MaskLinks(logging.Filter):
    """Masks the message and the texts in its arguments; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _masked_value(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_masked_value(value) for value in record.args)
        elif isinstance(record.args, dict):
            record.args = {name: _masked_value(value) for name, value in record.args.items()}
        return True


def _masked_value(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value

"""What codes mean, in the reader's language, without a question to the database for every value."""

import time
from collections.abc import Mapping

from core.languages import in_reader_language
from layers.models import Code

#: Seconds for which a process remembers a list; a change elsewhere is seen after them.
REMEMBERED = 60
_known: dict[str, tuple[float, Mapping[str, Code]]] = {}


def title_of(slug: str, value: object) -> str:
    """“Title (code)”, or "" for what is not in the list called `slug`."""
    code = _codes(slug).get(str(value))
    if code is None:
        return ""
    title = in_reader_language(code, "title")
    return (
        title if title == code.code or title.casefold() == str(value).casefold() else f"{title} ({code.code})"
    )


def forget() -> None:
    """In this process; others forget by themselves."""
    _known.clear()


def _codes(slug: str) -> Mapping[str, Code]:
    at, codes = _known.get(slug, (0.0, {}))
    if not at or time.monotonic() - at > REMEMBERED:
        codes = {code.code: code for code in Code.objects.filter(code_list__slug=slug)}
        _known[slug] = (time.monotonic(), codes)
    return codes

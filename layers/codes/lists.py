"""A code list as it is written down, before it is kept."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CodeRow:
    """`follows` names the codes in whose place it came, as (slug of the list, code)."""

    code: str
    title: str
    title_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    color: str = ""
    group: str = ""
    follows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ListRow:
    slug: str
    title: str
    title_en: str
    source: str
    codes: tuple[CodeRow, ...]

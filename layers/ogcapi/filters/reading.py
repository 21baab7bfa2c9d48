"""A filter as text or JSON becomes a tree of plain dictionaries; what cannot be read is told with its place."""

import json
import re
from collections.abc import Iterator
from typing import Any

import cql2
from django.utils.translation import gettext as _

from layers.ogcapi.filters.errors import BrokenFilter, FilterTooLarge, NoFilter

TEXT, JSON = "cql2-text", "cql2-json"
LANGUAGES = (TEXT, JSON)
LONGEST, DEEPEST, MOST_PARTS, MOST_PREFIXES = 60_000, 40, 2_000, 100
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
PREFIX = re.compile(r"\bnot\b|[-+^*/%]|\bdiv\b", re.IGNORECASE)
PLACE = re.compile(r"(\d+):(\d+)")
EXPECTED = re.compile(r"expected (.+)$", re.DOTALL)
WORD = re.compile(r"\w+|\S")
TREE = Any


def tree_of(text: str, language: str) -> TREE:
    """Raises BrokenFilter, NoFilter, FilterTooLarge."""
    _refuse_monsters(text, language)
    tree = _from_json(text) if language == JSON else _from_text(text)
    if sum(1 for _part in parts(tree)) > MOST_PARTS:
        raise FilterTooLarge(reason=_("it has more than %(most)s parts") % {"most": MOST_PARTS})
    return tree


def parts(tree: TREE) -> Iterator[Any]:
    """Every operation and value in the tree; of a geometry only itself, for its vertices have a limit of their own."""
    yield tree
    if isinstance(tree, dict):
        for part in tree.get("args", ()) if "op" in tree else ():
            yield from parts(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from parts(part)


def position_of(word: str, text: str) -> int:
    """Where a word stands in the filter, from 1; 0 when it does not."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    return found.start() + 1 if found else 0


def _refuse_monsters(text: str, language: str) -> None:
    """The reader goes down one step for every bracket and sign; too deep, and it would take the process along."""
    if len(text) > LONGEST:
        raise FilterTooLarge(reason=_("it has more than %(most)s letters") % {"most": LONGEST})
    bare = QUOTED.sub("''", text)
    depth = deepest = 0
    for letter in bare:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    prefixes = sum(1 for _found in PREFIX.finditer(re.sub(r"[-+]?\d[\d.eE+-]*", "", bare)))
    if deepest > DEEPEST or (language == TEXT and prefixes > MOST_PREFIXES):
        raise FilterTooLarge(reason=_("its brackets or signs are nested too deeply"))


def _from_text(text: str) -> TREE:
    try:
        return cql2.parse_text(text).to_json()
    except (cql2.ParseError, cql2.ValidationError) as error:
        raise _broken(text, str(error)) from error


def _broken(text: str, told: str) -> BrokenFilter | NoFilter:
    place, expected = PLACE.search(told), EXPECTED.search(told)
    if place is None:
        return NoFilter(reason=told.strip()[:200])
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :]
    word = WORD.search(rest)
    hint = _("Expected here: %(what)s.") % {"what": expected[1].strip()} if expected else ""
    return BrokenFilter(line=line, column=column, word=word[0] if word else _("the end"), hint=hint)


def _from_json(text: str) -> TREE:
    try:
        tree = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        word = WORD.search(text[error.pos :])
        raise BrokenFilter(
            line=error.lineno, column=error.colno, word=word[0] if word else _("the end"), hint=error.msg
        ) from error
    try:
        return cql2.parse_json(text).to_json()
    except (cql2.ParseError, cql2.ValidationError) as error:
        _name_the_fault(tree, text)
        raise NoFilter(reason=_("its JSON is no expression of CQL2")) from error


def _no_number(word: str) -> Any:
    raise NoFilter(reason=_("“%(word)s” is no number") % {"word": word})


def _name_the_fault(tree: TREE, text: str) -> None:
    """The library says only that something is wrong; an operation without its arguments can be named."""
    for part in parts(tree):
        if isinstance(part, dict) and "op" in part and not isinstance(part.get("args"), list):
            word = str(part["op"])[:40]
            hint = _("It needs a list of “args”.")
            raise BrokenFilter(line=1, column=position_of(word, text), word=word, hint=hint)

"""Files of names and values as people write them: YAML or JSON, plain values only."""

import re
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from importers.errors import BadMapping, FileMissing

LARGEST_FILE = 1 << 20
BOOLEAN = "tag:yaml.org,2002:bool"
LEFT_AS_WRITTEN = ("tag:yaml.org,2002:timestamp", BOOLEAN)


def read_mapping_file(path: Path) -> dict[str, Any]:
    """A YAML (or JSON) file that holds one object; no tags that make others. Raises FileMissing, BadMapping."""
    if not path.is_file():
        raise FileMissing(file=str(path))
    if path.stat().st_size > LARGEST_FILE:
        raise _bad(path, _("it is larger than a mapping can be."))
    try:
        document = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_TextLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = where.line + 1 if where else 1
        raise _bad(path, _("it is not YAML, see line %(line)d.") % {"line": line}) from error
    if not isinstance(document, dict):
        raise _bad(path, _("it must be a list of names and what they stand for."))
    return {str(name): value for name, value in document.items()}


class _TextLoader(yaml.SafeLoader):
    """SafeLoader that leaves dates as they are written, takes `no` for a word, and no aliases, which could unfold
    without end."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in LEFT_AS_WRITTEN]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


_TextLoader.add_implicit_resolver(BOOLEAN, re.compile(r"true|True|TRUE|false|False|FALSE"), list("tTfF"))


def _bad(path: Path, reason: str) -> BadMapping:
    return BadMapping(file=path.name, reason=reason)

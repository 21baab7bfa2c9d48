"""A mapping file: which field of a file fills which field of an issue, with constants and lists of values."""

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

from importers.errors import BadMapping, FileMissing
from importers.sources.base import Record

LARGEST_FILE = 1 << 20
TARGETS = (
    "category",
    "external_id",
    "reported",
    "closed",
    "due",
    "state",
    "description",
    "address",
)
SETTINGS = ("source", "lon", "lat", "wkt", "time_zone")
REQUIRED = ("category", "reported")


@dataclass(frozen=True)
class Rule:
    """How one target is filled: by a constant, or by a field, through a list of values if there is one."""

    field: str = ""
    constant: str = ""
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    default: str = ""
    format: str = ""

    def raw(self, record: Record) -> str:
        """What the row says, as text; the constant where there is one."""
        if self.constant:
            return self.constant
        value = record.get(self.field)
        return "" if value is None else str(value).strip()

    def value(self, record: Record) -> str:
        """What the row means: through the list of values, the default where it says nothing known."""
        raw = self.raw(record)
        if self.constant or not self.values:
            return raw or self.default
        return self.values.get(raw, self.default)

    def moment(self, record: Record, zone: ZoneInfo) -> datetime | None:
        """A date and time; ValueError when the row holds something else. Without an offset it is local time."""
        raw = self.value(record)
        if not raw:
            return None
        # Without a zone for one line: it is set in the next.
        moment = datetime.strptime(raw, self.format) if self.format else datetime.fromisoformat(raw)  # noqa: DTZ007
        return moment if moment.tzinfo else moment.replace(tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True)
class IssueMapping:
    """`zone` is where dates without an offset were written."""

    rules: dict[str, Rule]
    zone: ZoneInfo
    source: str = ""
    lon: str = ""
    lat: str = ""
    wkt: str = ""

    def rule(self, target: str) -> Rule:
        return self.rules.get(target, Rule())

    def fields(self) -> list[str]:
        """Every field of the file that is asked for."""
        return [rule.field for rule in self.rules.values() if rule.field]


def read_mapping(path: Path) -> tuple[IssueMapping, dict[str, Any]]:
    """The mapping and the document it was read from; raises BadMapping with what is wrong in it."""
    document = read_yaml(path)
    unknown = set(document) - {*TARGETS, *SETTINGS}
    if unknown:
        known = ", ".join((*TARGETS, *SETTINGS))
        raise _bad(path, _("“%(name)s” is not one of %(known)s.") % {"name": min(unknown), "known": known})
    for name in REQUIRED:
        if name not in document:
            raise _bad(path, _("“%(name)s” is missing.") % {"name": name})
    rules = {name: _rule(path, name, document[name]) for name in TARGETS if name in document}
    texts = {name: str(document.get(name) or "") for name in ("source", "lon", "lat", "wkt")}
    zone = _zone(path, document)
    return IssueMapping(rules, zone, texts["source"], texts["lon"], texts["lat"], texts["wkt"]), document


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML (or JSON) file that holds one object; plain values only, no tags that make others."""
    if not path.is_file():
        raise FileMissing(file=str(path))
    if path.stat().st_size > LARGEST_FILE:
        raise _bad(path, _("it is larger than a mapping can be."))
    try:
        document = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_TextLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = where.line + 1 if where else 1
        raise _bad(path, _("it is not YAML, see line %(line)d.") % {"line": line}) from error
    if not isinstance(document, dict):
        raise _bad(path, _("it must be a list of names and what they stand for."))
    return {str(name): value for name, value in document.items()}


class _TextLoader(yaml.SafeLoader):
    """SafeLoader that leaves dates as they are written, and takes no aliases, which could unfold without end."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def _rule(path: Path, name: str, value: Any) -> Rule:
    if isinstance(value, str):
        return Rule(field=value)
    if not isinstance(value, dict) or set(value) - {"field", "constant", "values", "default", "format"}:
        reason = _("“%(name)s” must be a field, or an object with field, constant, values, default, format.")
        raise _bad(path, reason % {"name": name})
    if bool(value.get("field")) == bool(value.get("constant")):
        raise _bad(path, _("“%(name)s” needs either a field or a constant.") % {"name": name})
    values = value.get("values") or {}
    if not isinstance(values, dict):
        raise _bad(path, _("the values of “%(name)s” must be pairs.") % {"name": name})
    texts = {key: str(value[key]) for key in ("field", "constant", "default", "format") if value.get(key)}
    return Rule(values={str(raw): str(meant) for raw, meant in values.items()}, **texts)


def _zone(path: Path, document: dict[str, Any]) -> ZoneInfo:
    name = str(document.get("time_zone") or timezone.get_default_timezone_name())
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise _bad(
            path, _("“%(name)s” is not a time zone such as Europe/Athens.") % {"name": name}
        ) from error


def _bad(path: Path, reason: str) -> BadMapping:
    return BadMapping(file=path.name, reason=reason)

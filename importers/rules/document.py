"""A mapping document, from a file, a screen or the database, read into rules or refused in a sentence."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from importers.errors import BadMapping
from importers.rules.fields import TargetField
from importers.rules.one import RuleReader, bad_form
from importers.rules.rules import Rules
from importers.sources.base import ReadOptions
from importers.storable import storable

Document = dict[str, Any]
PLACES = ("layer", "assets", "areas", "address", "street")
PLACE_PARTS = (*PLACES, "key", "number", "postcode", "context")
OPTIONS = tuple(option.name for option in fields(ReadOptions) if isinstance(option.default, str))
POSITIONS = ("lon", "lat", "wkt")


def read_rules(
    document: Document, declared: Sequence[TargetField] = (), *, is_open: bool = True, name: str = ""
) -> Rules:
    """The rules of a document for a target with these fields; `is_open`: it takes others too. `name` is what a
    refusal (BadMapping) calls the document."""
    return _Reader(declared, is_open, name or _("mapping")).rules(document)


@dataclass(frozen=True)
class _Reader:
    declared: Sequence[TargetField]
    is_open: bool
    name: str

    def rules(self, document: Document) -> Rules:
        document = {str(target): spec for target, spec in document.items()}
        plain = json.loads(json.dumps(document, default=str))
        if storable(plain) != plain:
            raise self._bad(_("it holds a character or a number that cannot be kept."))
        settings = {name: spec for name, spec in document.items() if self._is_setting(name, spec)}
        specs = {name: spec for name, spec in document.items() if name not in settings}
        zone = self._zone(settings)
        reader = RuleReader({field.name: field for field in self.declared}, zone, self.name)
        self._check_names(specs)
        rules = tuple(reader.rule(target, spec) for target, spec in specs.items())
        keeps = self._keeps_others(settings, bool(rules))
        self._check_required(specs, keeps)
        return Rules(
            rules,
            keep_others=keeps,
            options=self._options(settings),
            place=self._place(settings),
            source=str(settings.get("source") or ""),
            document=document,
        )

    def _is_setting(self, name: str, spec: Any) -> bool:
        """Not the field of a target that is called so: a layer may well have a field “source”."""
        if name in ("others", "time_zone"):
            return True
        if name in ("options", "place"):
            return isinstance(spec, dict) and not {"field", "constant", "fields"} & set(spec)
        return name in ("source", *POSITIONS) and not self.is_open

    def _check_names(self, specs: Document) -> None:
        known = [field.name for field in self.declared]
        unknown = [name for name in specs if not name.strip() or not (self.is_open or name in known)]
        if unknown:
            reason = _("“%(name)s” is not one of %(known)s.")
            raise self._bad(reason % {"name": unknown[0], "known": ", ".join(known) or "—"})

    def _check_required(self, specs: Document, keeps_others: bool) -> None:
        if not specs or keeps_others:
            return
        missing = [field.name for field in self.declared if field.required and field.name not in specs]
        if missing:
            raise self._bad(_("“%(name)s” is missing.") % {"name": missing[0]})

    def _keeps_others(self, settings: Document, has_rules: bool) -> bool:
        """Nothing is lost unless asked for, where the target takes it."""
        others = settings.get("others", "keep" if self.is_open else "drop")
        if others not in ("keep", "drop"):
            raise self._bad(bad_form("others", "keep, drop"))
        return others == "keep" and has_rules

    def _zone(self, settings: Document) -> ZoneInfo:
        name = str(settings.get("time_zone") or timezone.get_default_timezone_name())
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            reason = _("“%(name)s” is not a time zone such as Europe/Athens.")
            raise self._bad(reason % {"name": name}) from error

    def _options(self, settings: Document) -> dict[str, str]:
        """How to read the file; an issue's mapping names its columns at the top."""
        asked = {name: settings[name] for name in POSITIONS if settings.get(name)}
        asked |= settings.get("options", {})
        return self._texts("options", asked, OPTIONS)

    def _place(self, settings: Document) -> dict[str, str]:
        place = self._texts("place", settings.get("place", {}), PLACE_PARTS)
        if not place:
            return {}
        wheres = [name for name in PLACES if name in place]
        is_join = bool(wheres) and wheres[0] in PLACES[:3]
        if len(wheres) != 1 or is_join != ("key" in place):
            raise self._bad(_("“place” needs layer, assets or areas with a key, or else address, or street."))
        return place

    def _texts(self, name: str, given: Document, known: Sequence[str]) -> dict[str, str]:
        unknown = [key for key in given if key not in known]
        if unknown or not all(isinstance(value, str | int) for value in given.values()):
            raise self._bad(bad_form(name, ", ".join(known)))
        return {key: str(value) for key, value in given.items() if value not in ("", None)}

    def _bad(self, reason: str) -> BadMapping:
        return BadMapping(file=self.name, reason=reason)

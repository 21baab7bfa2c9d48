"""What a person orders: which file, read how, and what may happen with it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.models import User
from importers.geocoding import Geocoder
from importers.held_rows import HeldRows
from importers.models import ImportRun
from importers.placed import Locator
from importers.rules import Rules
from importers.sources import ReadOptions
from importers.storable import storable


@dataclass(frozen=True)
class Order:
    """Shared by every target.

    `rules` say which field of the file fills which of the target. `set_aside`: rows that cannot be imported are put
    into a file for the person and the others go in; without it one such row refuses the file. `run` is the row that
    tells how it went, made when None. A dry run finds out everything and changes nothing.
    """

    path: Path
    options: ReadOptions = field(default_factory=ReadOptions, kw_only=True)
    swap_axes: bool = field(default=False, kw_only=True)
    rules: Rules = field(default_factory=Rules, kw_only=True)
    set_aside: bool = field(default=False, kw_only=True)
    dry_run: bool = field(default=False, kw_only=True)
    user: User | None = field(default=None, kw_only=True)
    run: ImportRun | None = field(default=None, kw_only=True)

    @property
    def file_name(self) -> str:
        """As the person knows the file, whatever it is called where it is kept; bytes that are no text left out."""
        known = self.run.file_name if self.run is not None else ""
        return known or str(storable(self.path.name))

    def locator(self) -> Locator | None:
        """Where to look for the rows of a table without positions; None: the file says where they are."""
        place = self.rules.place
        if not place:
            return None
        kind = next((name for name in ("layer", "assets", "areas") if name in place), "")
        if not kind:
            return Geocoder(**place)
        return HeldRows(kind, place[kind], place["key"], self.user, is_target=self.fills(kind, place[kind]))

    @property
    def is_partial(self) -> bool:
        """A table that brings some rows of its target up to date says nothing of the others."""
        place = self.rules.place
        return any(self.fills(kind, slug) for kind, slug in place.items())

    def fills(self, kind: str, slug: str) -> bool:
        """Is this what the order fills?"""
        return False

    def facts(self) -> dict[str, Any]:
        """What to keep with the run beside the file, JSON values."""
        return {
            "options": {name: value for name, value in vars(self.options).items() if value},
            "swap_axes": self.swap_axes,
            "set_aside": self.set_aside,
        }

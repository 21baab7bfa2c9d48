"""What every target tells of itself: its fields, who may fill it, and how an order for it is made."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise

from accounts.models import User
from importers.models import ImportRun
from importers.order import Order
from importers.querysets import targets_of
from importers.report import Report
from importers.rules import Rules, read_rules
from importers.rules.fields import TargetField
from importers.sources import ReadOptions
from municipality.roles import AnyUser

Choice = tuple[str, str | Promise]


@dataclass(frozen=True)
class TargetKind:
    """One kind of thing that a file can fill. `is_open`: fields beyond those it declares are welcome."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    is_open: ClassVar[bool] = False

    def fields(self, slug: str) -> list[TargetField]:
        """What a mapping may fill; for a thing that is not there yet, what every one of its kind has."""
        raise NotImplementedError

    def choices(self, user: AnyUser) -> list[Choice]:
        """Slug and title of what is there and may be filled by this person."""
        raise NotImplementedError

    def may(self, user: AnyUser, slug: str) -> bool:
        """May this person import into `slug`, or make it by importing?"""
        return self.name in targets_of(user)

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        """The order that `run.order` and `run.mapping` describe, for the file at `path`."""
        raise NotImplementedError

    def carry_out(self, order: Order) -> Report:
        """Do it. Raises ImportRefused (or another PortalError) with the database untouched."""
        raise NotImplementedError

    def shared(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> dict[str, Any]:
        """The part of an order that is the same for every target."""
        document = run.mapping or {}
        return {
            "path": path,
            "options": read_options(run.order.get("options", {})),
            "swap_axes": bool(run.order.get("swap_axes")),
            "set_aside": bool(run.order.get("set_aside")),
            "rules": self.rules(document, run.target_slug),
            "dry_run": dry_run,
            "user": user,
            "run": run,
        }

    def rules(self, document: dict[str, Any], slug: str, name: str = "") -> Rules:
        """The rules that a mapping document describes; raises BadMapping with what is wrong in it."""
        return read_rules(document, self.fields(slug), is_open=self.is_open, name=name)


def read_options(asked: dict[str, Any]) -> ReadOptions:
    """How to read the file, from JSON; what is not known here is left out."""
    names = {option.name for option in fields(ReadOptions)}
    known: dict[str, Any] = {
        name: value if isinstance(value, bool) else str(value or "")
        for name, value in asked.items()
        if name in names
    }
    return ReadOptions(**known)


def text(run: ImportRun, name: str) -> str:
    """A word of the order, blank when it was not given."""
    return str(run.order.get(name) or "")


def words(run: ImportRun, *names: str) -> dict[str, Any]:
    return {name: text(run, name) for name in names}

"""What the import commands share about mappings and rows set aside: options, reading, saving."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.actions.mappings import save_mapping, saved_mapping
from importers.order import Order
from importers.report import Report
from importers.rules import Rules, read_mapping_file

AnyOrder = TypeVar("AnyOrder", bound=Order)


def add_mapping_arguments(parser: CommandParser, *, required: bool = False) -> None:
    which = parser.add_mutually_exclusive_group(required=required)
    which.add_argument(
        "--mapping", type=Path, metavar="FILE", help="YAML or JSON: which field of the file fills which"
    )
    which.add_argument("--mapping-name", default="", metavar="NAME", help="a mapping that was saved before")
    parser.add_argument(
        "--save-mapping", default="", metavar="NAME", help="keep the mapping for the next file of this kind"
    )
    parser.add_argument(
        "--set-aside-file",
        type=Path,
        metavar="FILE",
        help="write the rows that can't be imported into this CSV",
    )


def rules_of(options: dict[str, Any], target: str, slug: str = "") -> Rules:
    """The rules that the command line names; without any, every field goes in under its own name."""
    if not options["mapping"] and not options["mapping_name"]:
        return Rules()
    from importers.targets import target_named  # with the libraries of all targets, so not at every start

    kind = target_named(target)
    if options["mapping"]:
        path: Path = options["mapping"]
        return kind.rules(read_mapping_file(path), slug, path.name)
    saved = saved_mapping(target=target, name=options["mapping_name"])
    return kind.rules(saved.document, slug, saved.name)


def carried_out(
    order: AnyOrder, options: dict[str, Any], target: str, slug: str, work: Callable[[AnyOrder], Report]
) -> Report:
    """Do the work, write the rows that were set aside to the file that was asked for, also when the whole is refused,
    and save the mapping by name when it was not."""
    _refuse_unfit(options["set_aside_file"], order.path)
    try:
        report = work(order)
    except PortalError as refusal:
        _write_set_aside(getattr(refusal, "report", None), options["set_aside_file"])
        raise
    _write_set_aside(report, options["set_aside_file"])
    if options["save_mapping"] and order.rules and not order.dry_run:
        save_mapping(
            name=options["save_mapping"], target=target, slug=slug, document=order.rules.as_json(), user=None
        )
    return report


def _refuse_unfit(path: Path | None, source: Path) -> None:
    """What could not be written at the end is said before anything is imported; the file itself is never lost."""
    if path is None:
        return
    if path.resolve() == source.resolve():
        words = _(
            "The rows set aside would be written over “%(path)s”, which is imported. Name another file."
        )
        raise CommandError(words % {"path": path})
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        words = _("“%(path)s” can't be written. Name a file in a folder that is there and may be written to.")
        raise CommandError(words % {"path": path})


def _write_set_aside(report: Report | None, path: Path | None) -> None:
    if path is not None and report is not None and report.set_aside is not None and report.set_aside.rows:
        try:
            report.set_aside.copy_to(path)
        except OSError as error:
            words = _("The rows set aside can't be written to “%(path)s”: %(reason)s.")
            raise CommandError(words % {"path": path, "reason": error.strerror}) from error

"""Set up an organisation from a file: departments, asset types, categories and routing rules, by slug."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import AssetType
from importers.actions.runs import carry_out
from importers.errors import BadOrganisation
from importers.models import Target
from importers.order import Order
from importers.report import Report
from importers.rules import read_mapping_file
from issues.models import Category, RoutingRule
from layers.models import Layer
from municipality.models import Area, Department

Entry = dict[str, Any]
SECTIONS = ("departments", "asset_types", "categories", "rules")
DEPARTMENT = ("name", "name_en", "kind", "email", "phone", "is_help_desk", "is_active")
ASSET_TYPE = ("title", "title_en", "icon", "color", "geometry_kind", "code_format", "visibility", "min_zoom",
              "position", "shown_at_first", "field_schema")  # fmt: skip
CATEGORY = ("title", "title_en", "icon", "keywords", "questions", "sla_working_days", "duplicate_radius_metres",
            "is_public", "is_active", "position")  # fmt: skip
RULE = ("name", "name_en", "position", "layer_where", "layer_distance_metres", "is_active")


def seed_organisation(*, path: Path, dry_run: bool = False, user: User | None = None) -> Report:
    """Make what is missing and bring what is there (same slug; rules: same name) to what the file says.

    Nothing is removed. Raises BadOrganisation with the place in the file, the database untouched.
    """
    document = read_mapping_file(path)
    order = Order(path, dry_run=dry_run, user=user)
    return carry_out(
        order, Target.ORGANISATION, "", {}, lambda report, run: _Seed(path.name, report).sow(document)
    )


@dataclass
class _Seed:
    file: str
    report: Report
    where: str = ""
    seen: set[tuple[str, str]] = field(default_factory=set)

    def sow(self, document: Entry) -> None:
        self._only(document, SECTIONS, "")
        for entry in self._entries(document, "departments"):
            self._department(entry, None)
        for entry in self._entries(document, "asset_types"):
            self._save(AssetType, {"slug": entry.get("slug")}, entry, ASSET_TYPE, ("slug",))
        for entry in self._entries(document, "categories"):
            self._category(entry, None)
        for number, entry in enumerate(self._entries(document, "rules"), start=1):
            self._rule(entry, number)

    def _department(self, entry: Entry, parent: Department | None) -> None:
        row = self._save(
            Department,
            {"slug": entry.get("slug")},
            entry,
            DEPARTMENT,
            ("slug", "serves", "children"),
            {"parent": parent, "kind": entry.get("kind", "department")},
        )
        if "serves" in entry:
            row.serves.set([self._area(text) for text in entry["serves"]])
        for child in self._entries(entry, "children"):
            self._department(child, row)

    def _category(self, entry: Entry, parent: Category | None) -> None:
        extra: Entry = {"parent": parent}
        if entry.get("asset_type"):
            extra["asset_type"] = self._one(AssetType, "slug", entry["asset_type"])
        others = ("slug", "asset_type", "children")
        row = self._save(Category, {"slug": entry.get("slug")}, entry, CATEGORY, others, extra)
        for child in self._entries(entry, "children"):
            self._category(child, row)

    def _rule(self, entry: Entry, number: int) -> None:
        links: dict[str, type[Model]] = {
            "category": Category,
            "asset_type": AssetType,
            "asset_owner": Department,
            "layer": Layer,
            "department": Department,
        }
        extra: Entry = {"position": entry.get("position", number * 10), "area": None}
        for name, model in links.items():
            extra[name] = self._one(model, "slug", entry[name]) if entry.get(name) else None
        if entry.get("area"):
            extra["area"] = self._area(entry["area"])
        self._save(RoutingRule, {"name": entry.get("name")}, entry, RULE, (*links, "area"), extra)

    def _save(
        self,
        model: type[Any],
        key: Entry,
        entry: Entry,
        fields: tuple[str, ...],
        others: tuple[str, ...],
        extra: Entry | None = None,
    ) -> Any:
        """The row with this key, made or brought to the entry; counted as added, changed or unchanged."""
        [key_value] = key.values()
        self.where = f"{model._meta.verbose_name} “{key_value}”"
        self._only(entry, (*fields, *others), self.where)
        if (model.__name__, str(key_value)) in self.seen:
            raise self._bad(_("it occurs twice."))
        self.seen.add((model.__name__, str(key_value)))
        self.report.counts["read"] += 1
        values = {name: entry[name] for name in fields if name in entry} | (extra or {})
        row = model.objects.filter(**key).first()
        is_new = row is None
        row = row or model(**key)
        before = {name: getattr(row, name) for name in values if not is_new}
        for name, value in values.items():
            setattr(row, name, value)
        self._check(row)
        if not is_new and before == {name: getattr(row, name) for name in values}:
            self.report.counts["unchanged"] += 1
            return row
        row.save()
        self.report.counts["added" if is_new else "changed"] += 1
        return row

    def _check(self, row: Any) -> None:
        try:
            row.full_clean()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise self._bad(f"{name}: {messages[0]}") from error

    def _entries(self, entry: Entry, name: str) -> list[Entry]:
        entries = [] if entry.get(name) is None else entry[name]
        if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
            raise self._bad(_("“%(name)s” must be a list of entries.") % {"name": name})
        return entries

    def _only(self, entry: Entry, known: tuple[str, ...], where: str) -> None:
        unknown = [str(name) for name in entry if name not in known]
        if unknown:
            self.where = where or self.file
            reason = _("“%(name)s” is not one of %(known)s.")
            raise self._bad(reason % {"name": unknown[0], "known": ", ".join(known)})

    def _one(self, model: type[Any], field_name: str, value: object) -> Any:
        row = model.objects.filter(**{field_name: value}).first()
        if row is None:
            kind = model._meta.verbose_name
            raise self._bad(_("there is no %(kind)s “%(value)s”.") % {"kind": kind, "value": value})
        return row

    def _area(self, text: object) -> Area:
        """`level:code`."""
        level, _colon, code = str(text).partition(":")
        area = Area.objects.filter(level=level, code=code).first()
        if area is None:
            raise self._bad(_("there is no area “%(area)s” (write level:code).") % {"area": text})
        return area

    def _bad(self, reason: str) -> BadOrganisation:
        return BadOrganisation(file=self.file, where=self.where or self.file, reason=reason)

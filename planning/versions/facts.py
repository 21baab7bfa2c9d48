"""Which fields of two versions of a plan are compared: by their roles (decision 0016), else by their names."""

from collections.abc import Mapping
from dataclasses import dataclass

from layers.exports.fields import Kind
from layers.ogcapi.collections import Collection
from layers.ogcapi.fields import OgcField

#: What a plan rules, in the order in which people ask for it.
ROLES = (
    *("land_use", "floor_area_ratio", "coverage", "max_height_m", "least_plot_m2", "least_front_m"),
    *("building_system", "front_yard_m", "side_yard_m"),
)


@dataclass(frozen=True)
class Compared:
    """A fact, the fields that say it now and in the draft, and what it is called."""

    name: str
    now: OgcField
    draft: OgcField

    @property
    def title(self) -> str:
        return self.now.title


def compared_facts(now: Collection, draft: Collection) -> list[Compared]:
    """Only fields that this reader may see in both."""
    one, other = _roles(now), _roles(draft)
    by_role = [Compared(role, one[role], other[role]) for role in ROLES if role in one and role in other]
    return by_role or list(_by_name(now, draft))


def _roles(found: Collection) -> dict[str, OgcField]:
    """Declared roles; where none is declared, a field that is called as a role plays it."""
    declared = {str(field.declared.get("x-role", "")): field for field in found.fields.values()}
    named = {role: found.fields[role] for role in ROLES if role in found.fields}
    known = {role: field for role, field in declared.items() if role in ROLES}
    return known or named


def _by_name(now: Collection, draft: Collection) -> "list[Compared]":
    keys = {now.facts.key_name, draft.facts.key_name}
    same: Mapping[str, OgcField] = {name: field for name, field in now.fields.items() if name in draft.fields}
    return [
        Compared(name, field, draft.fields[name])
        for name, field in same.items()
        if field.kind != Kind.JSON and name not in keys
    ]

"""What a reader may choose from: the layers that are visible to the reader, and the fields of one of them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.models import GeometryKind, Theme
from layers.ogcapi.collections import Collection, collections_for
from municipality.roles import AnyUser

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]
SURFACES = (GeometryKind.POLYGON, GeometryKind.MIXED)
#: Drawings of the base map are nothing that anybody counts, and come last.
LAST = (Theme.BASE,)


def layer_choices(user: AnyUser, kinds: Sequence[str] = ()) -> Groups:
    """Visible layers, by theme; only of these kinds where any is given."""
    groups: dict[str, Choices] = {}
    for found in sorted(collections_for(user), key=lambda each: each.source.theme in LAST):
        if not kinds or found.source.geometry_kind in kinds:
            groups.setdefault(_theme(found), []).append((found.id, found.title))
    return list(groups.items())


def _theme(found: Collection) -> str:
    theme = found.source.theme
    return str(Theme(theme).label) if theme in Theme.values else theme


def field_choices(found: Collection | None, blank: str) -> Choices:
    """The fields whose values can be classes, by title."""
    fields = found.fields.values() if found else ()
    return [("", blank), *((one.name, one.title) for one in fields if one.kind != Kind.JSON)]


def number_choices(found: Collection | None, blank: str) -> Choices:
    fields = found.fields.values() if found else ()
    return [("", blank), *((one.name, one.title) for one in fields if one.is_number)]


def usual_field(found: Collection | None) -> str:
    """By what people call the surfaces, where a field says it."""
    names = found.fields if found else {}
    return next((name for name in ("name", "title", "code") if name in names), "")


def slugs(groups: Iterable[tuple[str, Choices]]) -> set[str]:
    return {slug for _group, choices in groups for slug, _title in choices}


def no_value() -> str:
    return _("without a value")

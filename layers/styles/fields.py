"""Which fields a look reads, and whether they are there for this reader and of the right kind."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from layers.ogcapi.fields import fields_of
from layers.sources import FeatureSource
from layers.style_properties import style_properties
from layers.styles.problems import BadStyle, shown
from layers.styles.rules import NUMBERS, Kinds
from layers.styles.spec import Spec


def kinds_of(source: FeatureSource) -> Kinds:
    """The fields that this reader's tiles and items carry, with their kinds."""
    return {field.name: field.kind for field in fields_of(source)}


def check_field(spec: Spec, kinds: Kinds) -> None:
    """Raises BadStyle where the field that decides is none, or no number though classes need one."""
    if not spec.field or spec.kind not in ("category", "class"):
        return
    kind = kinds.get(spec.field)
    if kind is None:
        raise BadStyle("field", _("There is no field “%s”.") % shown(spec.field))
    if spec.kind == "class" and kind not in NUMBERS:
        raise BadStyle("field", _("Classes need a field with numbers; “%s” has none.") % shown(spec.field))


def unknown_fields(fragments: Iterable[dict[str, object]], known: Iterable[str]) -> list[str]:
    """What the fragments read that is not there for this reader."""
    there = set(known)
    return [name for name in style_properties(fragments) if name not in there]

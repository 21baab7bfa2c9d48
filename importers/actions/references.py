"""What names the rows of a table, so that none is deleted while something does."""

from dataclasses import dataclass

from django.db.models import ManyToManyRel, Model
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Reference:
    """`table.column` holds ids of the rows; `key` is the id of the row that names them, `words` say what it is."""

    table: str
    column: str
    key: str
    words: str
    is_self: bool


def references_to(model: type[Model]) -> list[Reference]:
    """Every foreign key and many-to-many table that points to the model."""
    found = []
    for relation in model._meta.related_objects:
        other = relation.related_model
        assert isinstance(other, type)  # noqa: S101
        if isinstance(relation, ManyToManyRel):
            assert relation.through is not None  # noqa: S101
            through = relation.through._meta
            column = relation.field.m2m_reverse_name()
            found.append(Reference(through.db_table, column, "id", _words(other), False))
        else:
            column = relation.field.column
            found.append(
                Reference(other._meta.db_table, column, other._meta.pk.column, _words(other), other is model)
            )
    return found


def _words(model: type[Model]) -> str:
    known = {
        "area": _("Other areas are inside it."),
        "department": _("Departments name it."),
        "issue": _("Reports name it."),
        "issueevent": _("The history of reports names it."),
        "routingrule": _("Routing rules name it."),
        "routingdecision": _("The history of reports names it."),
        "asset": _("Assets name it."),
        "assettype": _("Asset types name it."),
        "membership": _("People work there."),
        "layer": _("Layers name it."),
    }
    fallback = _("Still used by: %(what)s.") % {"what": model._meta.verbose_name_plural}
    return known.get(model._meta.model_name or "", fallback)

"""Issues in files: what the public pages tell, and nothing of the people who reported them."""

from django.db.models import Case, F, TextField, When
from django.db.models.expressions import BaseExpression
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from issues.querysets import IssueQuerySet
from layers.models import GeometryKind, Theme, Visibility
from layers.sources import Download, FeatureSource

# The name of a field, its title, and where it comes from.
FIELDS: tuple[tuple[str, str | Promise, str | BaseExpression], ...] = (
    ("number", _("protocol number"), "number"),
    ("category", _("kind"), "category__slug"),
    ("category_title", _("kind, in words"), "category__title"),
    ("state", _("state"), "state"),
    ("reported_at", _("reported at"), "reported_at"),
    ("due_at", _("promised until"), "due_at"),
    ("resolved_at", _("fixed at"), "resolved_at"),
    ("address", _("address"), "address"),
    ("area", _("area"), "area__name"),
    ("department", _("department"), "department__name"),
    ("asset", _("asset"), Case(When(asset__type__visibility=Visibility.PUBLIC, then=F("asset__code")))),
    ("same_here", _("people who said “same here”"), "same_here"),
    (
        "description",
        _("description, where staff have shown it to all"),
        Case(When(is_text_public=True, then=F("description")), output_field=TextField()),
    ),
)


def issue_download() -> Download:
    return Download(
        properties={name: value for name, _title, value in FIELDS},
        titles={name: title for name, title, _value in FIELDS},
        key_name="number",
    )


def listed_issues(rows: IssueQuerySet) -> FeatureSource:
    """Issues that came from `visible_to` as a source for a file; it is in no tile."""
    return FeatureSource(
        slug="issues",
        title=_("Reports"),
        theme=Theme.ISSUES,
        geometry_kind=GeometryKind.POINT,
        rows=rows,
        web_geometry="location_web",
        geometry="location",
        key="number",
        revision=0,
        download=issue_download(),
    )

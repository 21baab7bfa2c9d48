"""What the issues room offers on the map: open and recently fixed issues, public facts only.

Staff see the same on the map as everybody. What the tiles say depends on the clock too (overdue, fixed in the
last month), so they are fresh for a minute instead of immutable.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Func,
    Max,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from issues.downloads import issue_download
from issues.map_styles import issue_legend, issue_style
from issues.models import Category, Issue, IssueEvent
from issues.querysets import late
from issues.states import LOOKS
from layers.models import GeometryKind, Theme
from layers.search.hits import Hit
from layers.sources import Cluster, FeatureSource
from municipality.roles import AnyUser

FRESH_SECONDS = 60
CLUSTER_BELOW_ZOOM = 14
LOOK_NAMES = ("open", "progress", "fixed", "rejected")
COUNTED = ("open", "progress", "fixed")


class _Seconds(Func):
    """A moment as whole seconds since 1970, UTC."""

    template = "floor(extract(epoch FROM %(expressions)s))::bigint"
    output_field = BigIntegerField()


@dataclass(frozen=True)
class _Kind:
    slug: str
    title: str | Promise
    shown_at_first: bool
    position: int


OPEN_ISSUES = _Kind("issues", _("Open problems"), True, 1)
FIXED_ISSUES = _Kind("issues-fixed", _("Fixed in the last 30 days"), False, 2)


def offered(user: AnyUser) -> Iterable[FeatureSource]:
    icons = tuple(
        Category.objects.visible_to(user).values_list("icon", flat=True).order_by("icon").distinct()
    )
    revision = _revision()
    for kind in (OPEN_ISSUES, FIXED_ISSUES):
        yield _source(kind, revision, icons)


def find(user: AnyUser, slug: str) -> FeatureSource | None:
    kinds = {kind.slug: kind for kind in (OPEN_ISSUES, FIXED_ISSUES)}
    return _source(kinds[slug], _revision()) if slug in kinds else None


def found_by_code(user: AnyUser, text: str) -> list[Hit]:
    """A public issue by its number."""
    issues = Issue.objects.visible_to(AnonymousUser()).filter(number=text.strip())
    return [_hit(issue) for issue in issues.select_related("category", "area")]


def _hit(issue: Issue) -> Hit:
    return Hit.at(
        issue.location,
        title=f"{issue.number} · {issue.category}",
        context=str(issue.area or ""),
        kind=gettext("issue"),
        url=reverse("issues:issue", args=(issue.number,)),
    )


def _source(kind: _Kind, revision: int, icons: tuple[str, ...] = ()) -> FeatureSource:
    return FeatureSource(
        slug=kind.slug,
        title=kind.title,
        theme=Theme.ISSUES,
        geometry_kind=GeometryKind.POINT,
        rows=_rows(kind),
        web_geometry="location_web",
        geometry="location",
        key="number",
        revision=revision,
        properties={
            "number": "number",
            "category": "category__slug",
            "icon": "category__icon",
            "look": _look(),
            "overdue": _overdue(),
            "since": _Seconds("reported_at"),
        },
        cluster=Cluster(CLUSTER_BELOW_ZOOM, "look", COUNTED),
        style=issue_style(CLUSTER_BELOW_ZOOM),
        legend=issue_legend(kind.slug),
        shown_at_first=kind.shown_at_first,
        position=kind.position,
        max_age=FRESH_SECONDS,
        icons=icons,
        download=issue_download(),
    )


def _rows(kind: _Kind) -> "QuerySet[Issue]":
    public = Issue.objects.visible_to(AnonymousUser())
    return public.open() if kind is OPEN_ISSUES else public.recently_fixed()


def _revision() -> int:
    """Every change of an issue appends an event, so the last event tells the state of all."""
    return IssueEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def _look() -> Case:
    whens = [
        When(state__in=[state for state, look in LOOKS.items() if look == name], then=Value(name))
        for name in LOOK_NAMES
    ]
    return Case(*whens, default=Value("open"), output_field=CharField())


def _overdue() -> Case:
    return Case(When(late(Now()), then=Value(True)), default=Value(False), output_field=BooleanField())

"""What the report page shows at each step."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.gis.geos import Point
from django.http import HttpRequest

from assets.models import Asset
from core.errors import BadCoordinates
from core.geo import LonLat
from issues.forms.report import ReportIssueForm, Step
from issues.forms.report_answers import AnswersForm
from issues.forms.report_place import Candidate, asset_named
from issues.models import Category
from issues.similar import similar_issues
from issues.whereabouts import whereabouts
from municipality.roles import AnyUser

ASSET_METRES = 60
MOST_ASSETS = 8


@dataclass
class Group:
    """A branch of the category tree; without leaves the branch itself can be chosen."""

    category: Category
    leaves: list[Category] = field(default_factory=list)


def category_groups(user: AnyUser) -> list[Group]:
    """Roots in order, each with every leaf below it."""
    rows = list(Category.objects.visible_to(user).select_related("asset_type"))
    parents = {row.pk: row.parent_id for row in rows}
    with_children = set(parents.values())
    groups = {row.pk: Group(row) for row in rows if row.parent_id not in parents}
    for row in rows:
        if row.pk not in groups and row.pk not in with_children:
            groups[_root(row.pk, parents)].leaves.append(row)
    return list(groups.values())


def _root(pk: int, parents: dict[int, int | None]) -> int:
    above = parents[pk]
    while above is not None and above in parents:
        pk, above = above, parents[above]
    return pk


def assets_near(
    user: AnyUser, location: Point, category: Category | None, metres: float, most: int = MOST_ASSETS
) -> list[Asset]:
    """Standing assets of the kind's type around a point in the storage CRS, nearest first."""
    assets = Asset.objects.visible_to(user).standing().near(location, metres).select_related("type")
    if category is not None:
        assets = assets.filter(type=category.asset_type_id)
    return list(assets[:most])


def details_of(form: ReportIssueForm) -> list[Asset] | None:
    """The assets to choose from, or None when this kind of problem has nothing more to ask."""
    category, location = form.chosen_category, form.location
    if category is None or location is None:
        return None
    assets = []
    if category.asset_type_id is not None:
        assets = assets_near(form.user, location, category, ASSET_METRES)
    return assets if assets or category.questions else None


def similar_to(form: ReportIssueForm) -> list[Any]:
    if form.chosen_category is None or form.location is None:
        return []
    return list(
        similar_issues(
            user=form.user, category=form.chosen_category, location=form.location, asset=form.chosen_asset
        )
    )


def page_context(
    request: HttpRequest, form: ReportIssueForm, step: Step, places: list[Candidate] | None = None
) -> dict[str, Any]:
    pin = _pin(form)
    groups = category_groups(request.user)
    return {
        "form": form,
        "step": step,
        "submission_key": form["submission_key"].value() or uuid4(),
        "groups": groups,
        "chosen_kind": _chosen_kind(form, groups),
        "contact_fields": [form[name] for name in ("name", "email", "phone")],
        "answer_forms": _answer_forms(form, groups),
        "here": whereabouts(pin) if pin is not None else None,
        "places": places,
        "near_assets": (details_of(form) or []) if step == Step.DETAILS else [],
        "picked_asset": asset_named(form["asset"].value() or "", request.user),
        "similar": similar_to(form) if step == Step.SIMILAR else [],
        "max_photos": settings.PHOTO_MAX_COUNT,
        "max_photo_bytes": settings.PHOTO_MAX_BYTES,
        "retention_years": max(1, settings.REPORTER_RETENTION_DAYS // 365),
    }


def _pin(form: ReportIssueForm) -> Point | None:
    try:
        return LonLat.parse(form["lon"].value(), form["lat"].value()).to_storage()
    except BadCoordinates:
        return None


def _leaves(groups: list[Group]) -> list[Category]:
    return [leaf for group in groups for leaf in (group.leaves or [group.category])]


def _chosen_kind(form: ReportIssueForm, groups: list[Group]) -> Category | None:
    slug = form["category"].value()
    return next((leaf for leaf in _leaves(groups) if leaf.slug == slug), None)


def _answer_forms(form: ReportIssueForm, groups: list[Group]) -> list[AnswersForm]:
    """The questions of every kind that has some; those of the chosen kind with what was answered."""
    chosen = form.answers_form
    return [
        chosen if chosen is not None and chosen.category == category else AnswersForm(category)
        for category in _leaves(groups)
        if category.questions
    ]

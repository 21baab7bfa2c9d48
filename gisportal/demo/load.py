"""The demo written into an empty database, in the order in which things stand on each other."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict
from layers.actions import partition_of
from layers.actions.codes import keep_code_list
from layers.actions.places import rebuild_places
from layers.codes.land_use import LISTS
from layers.models import Layer
from municipality.models import Area

from .categories import RULES
from .load_assets import load_assets
from .load_desk import load_categories, load_rules
from .load_draft import load_draft
from .load_issues import load_issues
from .load_layers import load_layers, load_terrain
from .load_places import load_areas, load_departments, load_people

Say = Callable[[str], None]
HISTORY_DAYS = 731


class AlreadyInhabited(Conflict):
    code = "already_inhabited"
    sentence = _(
        "This database already has a municipality. The demo needs an empty one: set DATABASE_URL to another."
    )


@transaction.atomic
def load_demo(*, today: date | None = None, say: Say = lambda line: None) -> None:
    """Build the demo municipality as of `today` (the current date when not given).

    Raises AlreadyInhabited when the database has a municipality.
    """
    if Area.objects.filter(level="municipality").exists():
        raise AlreadyInhabited()
    today = today or timezone.localdate()
    opened = opening(today)
    say("areas, departments and people")
    areas = load_areas()
    departments = load_departments(areas)
    people = load_people(departments)
    say("layers")
    for row in LISTS:
        keep_code_list(row=row)
    layers = load_layers(opened, departments)
    load_terrain()
    load_draft(
        layers["zones"], people.users["pavlos"], timezone.make_aware(datetime.combine(today, time(8, 0)))
    )
    say("assets")
    assets = load_assets(opened, departments)
    say("search")
    rebuild_places()
    say("issues")
    categories = load_categories(assets.types)
    load_rules(categories, departments, areas, layers, assets.types)
    _count_rows(layers)
    load_issues(today, categories, departments, people, assets)


def opening(today: date) -> datetime:
    """When the portal of the demo opened: a little before its oldest report."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=HISTORY_DAYS), time(8, 0)))


def _count_rows(layers: dict[str, Layer]) -> None:
    """Tell the planner what is in the tables that routing asks, so that it uses their indexes."""
    asked = [partition_of(layers[slug]) for slug in sorted({row.layer for row in RULES if row.layer})]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(['municipality_area', 'issues_routingrule', *asked])}")

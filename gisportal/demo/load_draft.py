"""A draft plan of the demo: what a revision of the plan would change, for the planners to compare."""

from datetime import datetime, timedelta

from django.contrib.gis.geos import GEOSGeometry

from accounts.models import User
from layers.actions import FeatureState, create_layer, write_features
from layers.models import Feature, Layer
from planning.actions.versions import make_version
from planning.parcel.shapes import polygons_of

from .style import fill, line
from .zones import CENTRE, HOUSING, plan_cells

TITLE = "Σχέδιο τροποποίησης ΓΠΣ 2026"
#: Quarter → what the draft says otherwise.
OTHERWISE: dict[str, dict[str, object]] = {
    "stathmos": {"far": 2.2, "height_m": 19},
    "anatolika": {"far": 0.8, "height_m": 11},
    "metaxourgeio": {"land_use": CENTRE, "use_code": "ΠΚ", "far": 1.6, "height_m": 15},
}
#: The quarter beside which the plan would grow, by so many metres into the fields.
GROWS, METRES = "agia-varvara", 170.0
EXTENSION = {
    "name": "Επέκταση Αγίας Βαρβάρας",
    "land_use": HOUSING,
    "use_code": "ΓΚ",
    "far": 0.6,
    "coverage": 0.5,
    "height_m": 10,
    "least_plot_m2": 500,
}


def load_draft(zones: Layer, planner: User, today: datetime) -> None:
    """The layer of the draft, for the staff, and the version that compares it with the zones in force."""
    draft = create_layer(
        slug="plan-draft-2026",
        title=TITLE,
        title_en="Draft amendment of the plan 2026",
        theme="plan",
        geometry_kind="polygon",
        style=[
            fill({"fill-color": "#7b3fa0", "fill-opacity": 0.25}),
            line({"line-color": "#7b3fa0", "line-width": 2, "line-dasharray": [3, 2]}),
        ],
        legend=[{"label": TITLE, "label_en": "Draft amendment", "color": "#7b3fa0", "shape": "fill"}],
        # A draft rules nothing yet, so it plays no part in the answer for a plot.
        field_schema={**zones.field_schema, "x-part": "none"},
        key_field=zones.key_field,
        title_field=zones.title_field,
        visibility="staff",
        position=20,
        is_editable=True,
        source=zones.source,
        licence=zones.licence,
        scale=zones.scale,
    )
    states = [*_changed(zones), _extension(zones)]
    write_features(layer=draft, states=states, recorded_at=today - timedelta(days=20))
    note = "Αύξηση ΣΔ γύρω από τον σταθμό, μείωση στα ανατολικά, τοπικό κέντρο στο Μεταξουργείο και μία επέκταση."
    make_version(title=TITLE, note=note, current=zones, draft=draft, author=planner)


def _keys() -> dict[str, str]:
    """Quarter → key of its zone (see zones.py)."""
    return {slug: f"Π-{index:02d}" for index, (slug, _cell) in enumerate(plan_cells(), start=1) if slug}


def _zone(zones: Layer, key: str) -> Feature:
    return Feature.objects.of_layer(zones.pk).current().get(key=key)


def _changed(zones: Layer) -> list[FeatureState]:
    keys = _keys()
    found = {slug: _zone(zones, keys[slug]) for slug in OTHERWISE}
    return [
        FeatureState(zone.key, {**zone.properties, **_draft_facts(), **OTHERWISE[slug]}, zone.geom)
        for slug, zone in found.items()
    ]


def _draft_facts() -> dict[str, object]:
    return {"plan": TITLE, "gazette": "", "in_force": None}


def _extension(zones: Layer) -> FeatureState:
    """A strip of fields beside a quarter, up to what has rules of its own."""
    quarter = _zone(zones, _keys()[GROWS])
    if quarter.geom is None:
        raise ValueError("a zone of the demo has no shape")
    strip: GEOSGeometry = quarter.geom.buffer(METRES, 4).difference(quarter.geom)
    fields = None
    for zone in Feature.objects.of_layer(zones.pk).current().filter(geom__intersects=strip):
        if zone.geom is not None and zone.key.startswith("ΕΚΤ"):
            part = strip.intersection(zone.geom)
            fields = part if fields is None else fields.union(part)
    if fields is None:
        raise ValueError("there are no fields beside the quarter that grows")
    facts = {**quarter.properties, **_draft_facts(), **EXTENSION, "code": "Π-36Ε"}
    return FeatureState("Π-36Ε", facts, _largest(fields))


def _largest(shape: GEOSGeometry) -> GEOSGeometry:
    return max(polygons_of(shape), key=lambda part: part.area)

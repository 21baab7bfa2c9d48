"""A plot of 20 × 30 m in the town, with zones, reservations and all that can lie on a plot; metres as in `at`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from core.time import from_now_on
from layers.models import Feature, Layer
from layers.moments import AsOf
from planning.parcel.answer import Answer, answer_for
from tests.factories import FeatureFactory, LayerFactory
from tests.factories.places import box

KAEK = "050120301001"
PLOT = (5000.0, 5000.0, 5020.0, 5030.0)
PLOT_FIELDS = {
    "kaek": {"type": "string", "title": "ΚΑΕΚ", "title_en": "Cadastral number"},
    "declared": {"type": "number", "title": "Εμβαδόν τίτλου", "x-role": "declared_area_m2"},
    "street": {"type": "string", "x-role": "address"},
}
ZONE_FIELDS = {
    "label": {"type": "string", "x-role": "name"},
    "use": {"type": "string", "title": "Χρήση", "title_en": "Use", "x-role": "land_use"},
    "sd": {"type": "number", "title": "ΣΔ", "title_en": "Ratio", "x-role": "floor_area_ratio"},
    "cover": {"type": "number", "title": "Κάλυψη", "title_en": "Coverage", "x-role": "coverage"},
    "height": {"type": "number", "title": "Ύψος", "title_en": "Height", "x-role": "max_height_m"},
    "least": {"type": "number", "title": "Αρτιότητα", "title_en": "Least plot", "x-role": "least_plot_m2"},
    "fek": {"type": "string", "title": "ΦΕΚ", "title_en": "Gazette", "x-role": "gazette"},
}
RULES = {"use": "Κατοικία", "sd": 0.8, "cover": 0.6, "height": 11, "least": 400, "fek": "ΦΕΚ 1/Δ/2019"}


@dataclass(frozen=True)
class Ground:
    parcels: Layer
    zones: Layer
    plot: Feature


def schema(fields: dict[str, Any], part: str = "") -> dict[str, Any]:
    return {"type": "object", **({"x-part": part} if part else {}), "properties": fields}


def ground(**zones: Any) -> Ground:
    """A layer of parcels with one plot, and a layer of zones without any."""
    parcels = LayerFactory.create(
        slug="parcels",
        title="Γεωτεμάχια",
        title_en="Parcels",
        theme="cadastre",
        key_field="kaek",
        accuracy_metres=0.0,
        field_schema=schema(PLOT_FIELDS),
    )
    named: dict[str, Any] = {
        "slug": "zones",
        "theme": "land_use",
        "title_field": "label",
        "title_en": "Zones",
    }
    layer = LayerFactory.create(**{**named, "field_schema": schema(ZONE_FIELDS), **zones})
    told = {"kaek": KAEK, "declared": 610.0, "street": "Ασκληπιού 12"}
    plot = FeatureFactory.create(layer=parcels, key=KAEK, properties=told, geom=box(*PLOT))
    return Ground(parcels, layer, plot)


def zone(layer: Layer, label: str, *corners: float, **rules: Any) -> Feature:
    """A zone in force from now on; its rules are RULES where not told otherwise."""
    moments = {name: rules.pop(name) for name in ("valid", "recorded") if name in rules}
    told = {"label": label, **RULES, **rules}
    return FeatureFactory.create(layer=layer, key=label, properties=told, geom=box(*corners), **moments)


def between(start: datetime, end: datetime | None) -> DateTimeTZRange:
    held: DateTimeTZRange = DateTimeTZRange(start, end, "[)")
    return held


def long_known(year: int = 2001) -> DateTimeTZRange:
    since: DateTimeTZRange = from_now_on(day(year))
    return since


def day(year: int, month: int = 1, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=timezone.get_default_timezone())


def answer(user: Any = None, valid: str = "", known: str = "", key: str = KAEK) -> Answer:
    from django.contrib.auth.models import AnonymousUser

    return answer_for(user or AnonymousUser(), "parcels", key, AsOf.parse(valid, known))


def page(who: User | None = None, key: str = KAEK, **query: str) -> str:
    """The page in English, as text."""
    client = Client()
    client.cookies["django_language"] = "en"
    if who is not None:
        client.force_login(who)
    response = client.get(f"/plan/parcel/parcels/{key}/", query)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()

"""A town with secrets: layers, fields and rows that not everybody is told, each with a word found nowhere else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from core.time import from_now_on
from layers.actions import rebuild_places
from layers.actions.styles import save_style
from layers.exports.fields import Kind
from layers.models import Feature, Layer, LayerStyle, Revision
from layers.styles.spec import Case, Spec, Symbol
from layers.tile_files import forget_tiles
from tests.factories import FeatureFactory, LayerFactory, Town, at
from tests.factories.places import box
from tests.permissions.doors import Who
from tests.permissions.world import build_people

# What staff are told, and what only a department and administrators are. Numbers are written as whole ones.
LAYER, FIELD, HOSTILE, LOOK, ROW, PAST = "zqlayer", "zqowner", "zqhostile", "zqlook", "zqarmy", "zqpast"
REASON, COUNT = "zqreason", "73194261"
OWN_LAYER, OWN_FIELD, OWN_ROW, OWN_LOOK = "zqsecretlayer", "84205372", "zqbunker", "zqdebtors"
FOR_STAFF = {LAYER, FIELD, HOSTILE, LOOK, ROW, PAST}
FOR_DEPARTMENT = {OWN_LAYER, OWN_FIELD, OWN_ROW, OWN_LOOK}
FOR_WHOLE = {REASON, COUNT}  # told to those who are told everything of the layer
SECRETS = FOR_STAFF | FOR_DEPARTMENT | FOR_WHOLE
# The department is lighting in the North; the executive's and the administrator's is above it.
DEPARTMENT = {Who.BEA, Who.CREW, Who.KEEPER, Who.EXECUTIVE, Who.DORA}
STRANGERS = {Who.ANYBODY, Who.ALICE}
HOSTILE_NAME = "zq\"a'); DROP TABLE layers_layer;--{0}%s"
FAR = box(100, 100, 200, 200)
OPEN_KEY, HIDDEN_KEY = "050120301001", "050120301002"


def may_know(who: Who) -> set[str]:
    if who in STRANGERS:
        return set()
    return SECRETS if who in DEPARTMENT else FOR_STAFF


@dataclass(frozen=True)
class Hidden:
    """`plots` are polygons with fields and rows for staff, and a field for the department; `posts` points with rows for
    the department; `roads` of the base map with rows for staff. `plot` is a row that everybody sees and has a past;
    `other` its earlier state, `army` a row for staff and `post` one for the department."""

    people: dict[str, User]
    plots: Layer
    posts: Layer
    staff_layer: Layer
    own_layer: Layer
    plot: Feature
    other: Feature
    army: Feature
    post: Feature


def build_hidden(town: Town) -> Hidden:
    people = build_people(town)
    plots, posts = _plots(town), _posts(town)
    _roads()
    plot, other = _plot_with_past(plots)
    shape = box(9000, 9000, 9050, 9050)  # far from all others, so that a box around everything tells it
    army = FeatureFactory.create(
        layer=plots, key=HIDDEN_KEY, properties=_plot(HIDDEN_KEY, use=ROW), geom=shape
    )
    FeatureFactory.create(
        layer=posts, key="p1", geom=at(5040, 5040), properties={"name": "Φανάρι", "open": True}
    )
    bunker = {"name": OWN_ROW, "open": False}
    post = FeatureFactory.create(layer=posts, key="p2", geom=at(8000, 8000), properties=bunker)
    Revision.objects.create(
        layer=plots,
        number=1,
        recorded_at=timezone.now(),
        actor=people["dora"],
        reason=REASON,
        counts={"added": int(COUNT)},
    )
    rebuild_places()
    return Hidden(
        people=people,
        plots=plots,
        posts=posts,
        staff_layer=_hidden_layer("staff", LAYER),
        own_layer=_hidden_layer("departments", OWN_LAYER, departments=[town.lighting_north]),
        plot=plot,
        other=other,
        army=army,
        post=post,
    )


def _plots(town: Town) -> Layer:
    fields = {
        "kaek": {"type": "string", "title": "ΚΑΕΚ"},
        "use": {"type": "string", "title": "Χρήση"},
        "owner": {"type": "string", "title": FIELD, "visibility": "staff"},
        HOSTILE_NAME: {"type": "string", "visibility": "staff"},
        "debt": {"type": "number", "title": "Οφειλή", "visibility": "departments"},
    }
    by_owner = ["match", ["get", "owner"], LOOK, "#b3261e", "#0054ba"]
    layer: Layer = LayerFactory.create(
        slug="plots",
        theme="cadastre",
        is_editable=True,
        key_field="kaek",
        field_schema={"type": "object", "properties": fields, "required": ["kaek", "owner"]},
        departments=[town.lighting_north],
        public_rows=f"\"use\" <> '{ROW}'",
        other_rows="staff",
        style=[
            {"type": "line", "paint": {"line-color": "#333333"}},
            {"type": "fill", "paint": {"fill-color": by_owner}},
            {"type": "symbol", "minzoom": 10, "layout": {"text-field": "{owner}"}},
        ],
        legend=[{"label": LOOK, "label_en": LOOK, "color": "#b3261e", "shape": "fill"}],
    )
    _look(layer, "by-owner", "owner", FIELD, LOOK)
    _look(layer, "by-debt", "debt", OWN_FIELD, OWN_LOOK)
    layer.refresh_from_db()
    return layer


def _look(layer: Layer, slug: str, field: str, value: str, title: str) -> None:
    spec = Spec("category", field=field, cases=(Case(Symbol(color="#b3261e"), value=value),))
    kinds = {"owner": Kind.TEXT, "debt": Kind.NUMBER}
    save_style(layer=layer, slug=slug, title=title, title_en=title, spec=spec, kinds=kinds)


def _plot(kaek: str, **properties: Any) -> dict[str, Any]:
    hidden = {"owner": FIELD, "debt": int(OWN_FIELD), HOSTILE_NAME: HOSTILE}
    return {"kaek": kaek, "use": "κατοικία", **hidden, **properties}


def _plot_with_past(plots: Layer) -> tuple[Feature, Feature]:
    """A row that was hidden, then had another owner, and is now as everybody knows it."""
    now = timezone.now()
    first, second = now - timedelta(days=20), now - timedelta(days=10)
    common: dict[str, Any] = {"layer": plots, "key": OPEN_KEY, "recorded": from_now_on(first)}
    FeatureFactory.create(
        **common,
        properties=_plot(OPEN_KEY, use=ROW),
        valid=DateTimeTZRange(first, second - timedelta(days=5), "[)"),
    )
    other = FeatureFactory.create(
        **common,
        properties=_plot(OPEN_KEY, owner=PAST, use="αγρός"),
        valid=DateTimeTZRange(second - timedelta(days=5), second, "[)"),
    )
    return FeatureFactory.create(**common, properties=_plot(OPEN_KEY), valid=from_now_on(second)), other


def _posts(town: Town) -> Layer:
    fields = {"name": {"type": "string"}, "open": {"type": "boolean"}}
    return LayerFactory.create(
        slug="posts",
        theme="networks",
        geometry_kind="point",
        title_field="name",
        field_schema={"type": "object", "properties": fields},
        departments=[town.lighting_north],
        public_rows="open = TRUE",
        other_rows="departments",
    )


def _roads() -> None:
    """Whoever asks: the base map is as everybody is told it."""
    layer = LayerFactory.create(
        slug="yards",
        theme="base",
        title_field="name",
        field_schema={"type": "object", "properties": {"name": {"type": "string"}}},
        public_rows=f"name <> '{ROW}'",
    )
    FeatureFactory.create(layer=layer, properties={"name": "Αυλή"})
    FeatureFactory.create(layer=layer, properties={"name": ROW}, geom=box(5050, 5050, 5080, 5080))


def _hidden_layer(visibility: str, word: str, **fields: Any) -> Layer:
    layer = LayerFactory.create(
        slug=f"hidden-{visibility}", title=word, title_en=word, visibility=visibility, theme="plan", **fields
    )
    FeatureFactory.create(layer=layer, key=f"{visibility}-1", properties={"name": word})
    return layer


def change_secrets(hidden: Hidden) -> None:
    """Everything that strangers are not told becomes otherwise, beside the actions: no revision tells it."""
    removed = "properties - ARRAY['owner', %s]"
    _change(
        hidden.plots,
        f"{removed} || jsonb_build_object('owner', reverse(properties ->> 'owner'))",
        HOSTILE_NAME,
    )
    _move(hidden.army)
    for number in range(3):
        FeatureFactory.create(layer=hidden.plots, key=f"more-{number}", properties={"use": ROW}, geom=FAR)
    hidden.plots.field_schema["properties"]["owner"]["title"] = "άλλο"
    hidden.plots.style[1]["paint"]["fill-color"][2] = "other"
    hidden.plots.legend[0] |= {"label": "άλλο", "label_en": "other"}
    hidden.plots.save(update_fields=["field_schema", "style", "legend"])
    LayerStyle.objects.filter(slug="by-owner").update(title="άλλο", title_en="other")
    _rename(hidden.staff_layer)
    change_secrets_of_department(hidden)


def change_secrets_of_department(hidden: Hidden) -> None:
    """As `change_secrets`, only what staff are not told either."""
    _change(hidden.plots, "properties || %s", '{"debt": 5}')
    _move(hidden.post)
    for number in range(3):
        properties = {"name": f"{OWN_ROW} {number}"}
        FeatureFactory.create(layer=hidden.posts, properties=properties, geom=at(50, 50 + number))
    LayerStyle.objects.filter(slug="by-debt").update(title="άλλο", title_en="other")
    _rename(hidden.own_layer)
    Revision.objects.filter(layer=hidden.plots).update(reason="άλλο", counts={"added": 1})
    forget_everything()


def _change(layer: Layer, properties: str, value: str) -> None:
    with connection.cursor() as cursor:
        text = f"UPDATE layers_feature SET properties = {properties} WHERE layer_id = %s"
        cursor.execute(text, [value, layer.pk])


def _move(feature: Feature) -> None:
    with connection.cursor() as cursor:
        text = (
            "UPDATE layers_feature SET geom = ST_Translate(geom, -800, -300), key = key || '9' WHERE id = %s"
        )
        cursor.execute(text, [feature.pk])


def _rename(layer: Layer) -> None:
    Feature.objects.filter(layer=layer).update(properties={"name": "άλλο"})
    FeatureFactory.create(layer=layer, geom=FAR)
    Layer.objects.filter(pk=layer.pk).update(title="άλλο", title_en="other", revision=9)


def forget_everything() -> None:
    """Caches, kept tiles and places are made anew, so that what is asked is what is held."""
    cache.clear()
    forget_tiles("plots", "posts", "base", "yards", "hidden-staff", "hidden-departments")
    rebuild_places()

"""The pages on which planners make looks, without a script."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from layers.actions.styles import save_style
from layers.exports.fields import Kind
from layers.models import Layer
from layers.sources import source_for
from layers.styles.editor.drafts import draft_from, shown_case
from layers.styles.hatch import Hatch
from layers.styles.spec import Case, Labels, Spec, Symbol, spec_of
from layers.styles.swatch import swatch
from layers.styles.writing import as_json
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory

pytestmark = pytest.mark.django_db
SCHEMA = {
    "properties": {"use": {"type": "string", "title": "Χρήση"}, "far": {"type": "number", "title": "ΣΔ"}}
}
KINDS = {"use": Kind.TEXT, "far": Kind.NUMBER}
LIST, NEW, PREVIEW = (f"/plan/layers/zones/styles/{part}" for part in ("", "new/", "preview/"))


@pytest.fixture
def layer() -> Layer:
    layer = LayerFactory.create(slug="zones", field_schema=SCHEMA)
    for far, use in ((0.2, "κατοικία"), (0.8, "κατοικία"), (1.2, "πράσινο"), (2.4, "κέντρο")):
        FeatureFactory.create(layer=layer, properties={"far": far, "use": use})
    return layer


@pytest.fixture
def desk(planner: User, sign_in: SignIn, layer: Layer) -> Client:
    return sign_in(planner)


def form_of(spec: Spec, **more: str) -> dict[str, Any]:
    """What the page posts for a look, as its inputs are called."""
    posted: dict[str, Any] = {
        "kind": spec.kind,
        "field": spec.field,
        "method": spec.method,
        "ramp": spec.ramp,
    }
    draft = as_json(spec)
    for number, case in enumerate(draft.get("cases", [])):
        posted |= _case(case, f"case-{number}-")
        if spec.kind == "class" and number:
            posted[f"case-{number}-from"] = str(spec.breaks[number - 1]).replace(".", ",")
    if spec.other:
        posted |= {"other-on": "on", **_case(draft["other"], "other-")}
    if spec.labels:
        posted |= {"labels-on": "on", "labels-text": spec.labels.text, "labels-color": spec.labels.color}
        posted |= {"labels-size": str(spec.labels.size), "labels-min_zoom": str(spec.labels.min_zoom)}
        posted |= {"labels-haloed": "on", "labels-halo": spec.labels.halo}
    return {**posted, "title": "Κατά χρήση", "title_en": "By use", **more}


def _case(case: dict[str, Any], prefix: str) -> dict[str, str]:
    shown = {name: value for name, value in shown_case(case).items() if value not in (False, "")}
    return {prefix + name: "on" if value is True else str(value) for name, value in shown.items()}


HATCHED = Symbol("#ff0000", 0.4, outline="#330000", dash=(3.0, 2.0), hatch=Hatch("cross", "#0000ff", 9, 2))
BY_USE = Spec(
    "category",
    field="use",
    cases=(Case(HATCHED, value="κατοικία", label="Κατοικία"), Case(Symbol(outline=""), value="πράσινο")),
    other=Case(Symbol("#cccccc"), label="Λοιπά"),
    labels=Labels("{use}", size=11, min_zoom=15),
)
BY_FAR = Spec(
    "class", field="far", breaks=(0.5, 1.5), cases=tuple(Case(Symbol(color=f"#00000{n}")) for n in range(3))
)


@pytest.mark.parametrize("spec", [BY_USE, BY_FAR])
def test_a_form_says_the_look_that_it_shows(spec: Spec) -> None:
    form = QueryDict(mutable=True)
    form.update(form_of(spec))
    assert spec_of(draft_from(form)) == spec


def test_a_look_is_made_and_kept(desk: Client, layer: Layer) -> None:
    response = desk.post(NEW, form_of(BY_USE, act="save"))
    assert response.status_code == 302
    style = layer.styles.get()
    assert (style.slug, style.title, style.is_first) == ("by-use", "Κατά χρήση", True)
    layer.refresh_from_db()
    assert [fragment["type"] for fragment in layer.style] == ["fill", "fill", "line", "symbol"]
    assert layer.legend[0]["hatch"] == "hatch:cross:#0000ff:9:2"
    page = desk.get(LIST).content.decode()
    assert "Κατά χρήση" in page
    assert "f=sld10" in page


def test_a_kept_look_is_shown_again_and_changed(desk: Client, layer: Layer) -> None:
    desk.post(NEW, form_of(BY_USE, act="save"))
    page = desk.get(f"{LIST}by-use/").content.decode()
    for part in ('value="κατοικία"', 'value="#0000ff"', 'value="3 2"', "{use}"):
        assert part in page
    desk.post(f"{LIST}by-use/", form_of(BY_FAR, act="save", title="Κατά ΣΔ"))
    style = layer.styles.get()
    assert (style.slug, style.title, style.spec["kind"]) == ("by-use", "Κατά ΣΔ", "class")


def test_two_of_one_name_get_two_addresses(desk: Client, layer: Layer) -> None:
    for _time in range(2):
        desk.post(NEW, form_of(BY_USE, act="save"))
    desk.post(NEW, form_of(BY_USE, act="save", title="Πράσινο", title_en=""))
    assert set(layer.styles.values_list("slug", flat=True)) == {"by-use", "by-use-2", "style"}


def test_values_become_categories_and_known_ones_keep_their_symbol(desk: Client) -> None:
    page = desk.post(NEW, form_of(BY_USE, act="values")).content.decode()
    for value in ("κατοικία", "πράσινο", "κέντρο"):
        assert f'value="{value}"' in page
    assert 'value="#0000ff"' in page


@pytest.mark.parametrize("method", ["quantile", "equal", "natural"])
def test_classes_are_reckoned(desk: Client, method: str) -> None:
    page = desk.post(NEW, form_of(BY_FAR, act="classes", method=method, count="3")).content.decode()
    assert 'name="case-2-from"' in page
    assert 'name="case-3-from"' not in page


def test_a_kind_is_changed_and_rows_come_and_go(desk: Client) -> None:
    page = desk.post(NEW, form_of(BY_USE, act="kind") | {"kind": "class"}).content.decode()
    assert 'name="ramp"' in page
    page = desk.post(NEW, form_of(BY_USE, act="add")).content.decode()
    assert 'name="case-2-color"' in page
    page = desk.post(NEW, form_of(BY_USE, act="drop-0")).content.decode()
    assert 'value="κατοικία"' not in page
    assert 'value="πράσινο"' in page


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"case-0-opacity": "much"}, "cases[0].symbol.opacity"),
        ({"case-1-value": "κατοικία"}, "cases"),
        ({"labels-text": "{height}"}, "labels.text"),
        ({"field": "height"}, "field"),
        ({"title": " "}, "title"),
        ({"case-0-hatch": "wavy"}, "cases[0].symbol.hatch.kind"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, layer: Layer, change: dict[str, str], place: str
) -> None:
    response = desk.post(NEW, form_of(BY_USE, act="save") | change)
    page = response.content.decode()
    assert response.status_code == 400
    assert f'data-place="{place}"' in page
    assert 'value="πράσινο"' in page or "case-1-value" in change
    assert not layer.styles.exists()


def test_the_preview_answers_what_the_map_draws(desk: Client) -> None:
    told = desk.post(PREVIEW, form_of(BY_USE)).json()
    assert [one["type"] for one in told["fragments"]] == ["fill", "fill", "line", "symbol"]
    assert {one["source"] for one in told["fragments"]} == {"zones"}
    assert [entry["label"] for entry in told["legend"]] == ["Κατοικία", "Πράσινο", "Λοιπά"]
    wrong = desk.post(PREVIEW, form_of(BY_USE) | {"case-0-color": "rot"}).json()
    assert wrong["problem"]["place"] == "cases[0].symbol.color"
    dark = desk.post(PREVIEW, form_of(BY_USE, theme="dark")).json()
    assert dark["fragments"][0]["paint"] != told["fragments"][0]["paint"]


def test_styles_are_ordered_shown_first_and_removed(desk: Client, layer: Layer) -> None:
    for slug in ("a", "b"):
        spec = Spec("single", cases=(Case(Symbol()),))
        save_style(layer=layer, slug=slug, title=slug, title_en="", spec=spec, kinds=KINDS)
    desk.post(f"{LIST}arrange/", {"style": "b", "act": "up"})
    assert list(layer.styles.values_list("slug", flat=True)) == ["b", "a"]
    desk.post(f"{LIST}arrange/", {"style": "b", "act": "first"})
    assert layer.styles.get(is_first=True).slug == "b"
    desk.post(f"{LIST}arrange/", {"style": "b", "act": "remove"})
    assert layer.styles.get().slug == "a"
    assert desk.post(f"{LIST}arrange/", {"style": "b", "act": "remove"}).status_code == 404


def test_a_look_by_hand_is_kept_in_maplibre(desk: Client, layer: Layer) -> None:
    form = {"kind": "maplibre", "title": "Με το χέρι", "act": "save", "legend": "[]"}
    wrong = desk.post(NEW, form | {"fragments": '[{"type": "fill", "paint": {"fill-color": ["nope"]}}]'})
    assert wrong.status_code == 400
    assert desk.post(NEW, form | {"fragments": "{broken"}).status_code == 400
    kept = desk.post(NEW, form | {"fragments": '[{"type": "line", "paint": {"line-color": "#123456"}}]'})
    assert kept.status_code == 302
    layer.refresh_from_db()
    assert layer.style[0]["paint"]["line-color"] == "#123456"


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}"])
def test_hostile_texts_are_only_text(desk: Client, planner: User, hostile: str) -> None:
    spec = Spec("category", field="use", cases=(Case(Symbol(), value=hostile, label=hostile),))
    desk.post(NEW, form_of(spec, act="save", title=hostile, title_en="x"))
    for path in (LIST, f"{LIST}x/", "/ogc/styles?f=html", "/ogc/styles/zones.x?f=html"):
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
    assert source_for(planner, "zones").legend[0]["label"] == hostile


def test_signs_are_drawn_for_every_shape() -> None:
    entry = {"label": "Α", "color": "#ff0000", "shape": "polygon", "opacity": 0.5, "outline": "#00ff00"}
    assert "<pattern" in swatch({**entry, "hatch": "hatch:cross:#000000:8"})
    assert "<pattern" not in swatch({**entry, "hatch": 'hatch:"><script>:#000000:8'})
    assert 'stroke-dasharray="6 4"' in swatch({"shape": "line", "color": "#ff0000", "dash": [3, 2]})
    assert "<circle" in swatch({"shape": "point", "color": '"><script>'})
    assert "<script" not in swatch({"shape": "point", "color": '"><script>'})

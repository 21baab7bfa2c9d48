"""Maps are kept, shared, changed by one at a time, and told to each reader as far as they may see."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from planning.actions.maps import MOST_MAPS, About, change_map, save_map
from planning.maps.content import parse
from planning.maps.errors import MapChanged, NotYourMap, TooManyMaps
from planning.models import PlanningMap, Sharing
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory

CONTENT = {
    "layers": [{"slug": "zones"}, {"slug": "pipes", "opacity": 0.5}],
    "center": [22.0, 38.0],
    "tools": {"here": [22.0, 38.0], "table": {"field": "owner"}},
}


@pytest.fixture
def layers(db: None) -> None:
    FeatureFactory.create(layer=LayerFactory.create(slug="zones"))
    FeatureFactory.create(layer=LayerFactory.create(slug="pipes", visibility="staff"))


def kept(owner: User, sharing: Sharing = Sharing.PUBLIC, **content: Any) -> PlanningMap:
    return save_map(about=About("Χρήσεις", "", sharing), content=parse({**CONTENT, **content}), owner=owner)


def opened(client: Client, planning_map: PlanningMap) -> dict[str, Any]:
    page = client.get(f"/plan/maps/{planning_map.token}/")
    assert page.status_code == 200
    content: dict[str, Any] = page.context["start"]["content"]
    return content


def slugs(content: dict[str, Any]) -> list[str]:
    return [layer["slug"] for layer in content["layers"]]


def test_staff_save_a_map_and_its_page_holds_all_of_it(layers: None, planner: User, sign_in: SignIn) -> None:
    data = {"title": "Χρήσεις", "sharing": "owner", "content": json.dumps(CONTENT)}
    client = sign_in(planner)
    told = client.post("/plan/maps/save/", data, headers={"Accept": "application/json"}).json()
    saved = PlanningMap.objects.get()
    assert told["address"] == f"/plan/maps/{saved.token}/"
    assert (saved.owner, saved.version, saved.sharing) == (planner, 1, "owner")
    assert opened(client, saved) == parse(CONTENT).written()


def test_a_reader_with_less_rights_gets_the_rest_and_no_word_of_it(
    layers: None, planner: User, client: Client
) -> None:
    saved = kept(planner)
    content = opened(client, saved)
    assert slugs(content) == ["zones"]
    page = client.get(f"/plan/maps/{saved.token}/").content.decode()
    assert "pipes" not in page
    assert content["tools"] == {"here": [22.0, 38.0]}


def test_a_filter_on_a_hidden_field_takes_its_layer_along(
    layers: None, planner: User, client: Client, sign_in: SignIn
) -> None:
    fields = {"use": {"type": "string"}, "owner": {"type": "string", "visibility": "staff"}}
    plots = LayerFactory.create(slug="plots", field_schema={"properties": fields})
    FeatureFactory.create(layer=plots, properties={"use": "house", "owner": "Eve"})
    by_owner = kept(planner, layers=[{"slug": "plots", "filter": "owner = 'Eve'"}])
    by_use = kept(planner, layers=[{"slug": "plots", "filter": "use = 'house'"}])
    assert slugs(opened(client, by_owner)) == []
    assert "Eve" not in client.get(f"/plan/maps/{by_owner.token}/").content.decode()
    assert slugs(opened(client, by_use)) == ["plots"]
    assert slugs(opened(sign_in(planner), by_owner)) == ["plots"]


def test_the_second_of_two_changes_is_refused_and_nothing_is_lost(
    layers: None, planner: User, sign_in: SignIn
) -> None:
    saved = kept(planner)
    about = About("Πρώτος", "", Sharing.STAFF)
    change_map(planning_map=saved, version=1, about=about, content=None, changer=planner)
    with pytest.raises(MapChanged):
        change_map(planning_map=saved, version=1, about=About("Δεύτερος"), content=parse({}), changer=planner)
    data = {"title": "Δεύτερος", "sharing": "owner", "version": 1, "content": "{}"}
    answer = sign_in(planner).post(
        f"/plan/maps/{saved.token}/change/", data, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "map_changed")
    saved.refresh_from_db()
    assert (saved.title, saved.version, saved.sharing) == ("Πρώτος", 2, "staff")
    assert parse(saved.content) == parse(CONTENT)


def test_only_the_owner_and_an_administrator_change_a_map(
    layers: None, planner: User, bea: User, dora: User
) -> None:
    saved = kept(planner)
    with pytest.raises(NotYourMap):
        change_map(planning_map=saved, version=1, about=About("Ξένος"), content=None, changer=bea)
    changed = change_map(planning_map=saved, version=1, about=About("Δικός"), content=None, changer=dora)
    assert (changed.title, changed.version) == ("Δικός", 2)


@pytest.mark.parametrize(
    ("sharing", "listed_to_all", "opens_for_all", "listed_to_staff"),
    [
        (Sharing.OWNER, False, False, False),
        (Sharing.STAFF, False, False, True),
        (Sharing.LINK, False, True, True),
        (Sharing.PUBLIC, True, True, True),
    ],
)
def test_who_finds_and_opens_a_map(
    sharing: Sharing,
    listed_to_all: bool,
    opens_for_all: bool,
    listed_to_staff: bool,
    planner: User,
    bea: User,
    client: Client,
    sign_in: SignIn,
) -> None:
    saved = kept(planner, sharing)
    assert (saved.token in client.get("/plan/maps/").content.decode()) is listed_to_all
    assert (client.get(f"/plan/maps/{saved.token}/").status_code == 200) is opens_for_all
    assert (saved.token in sign_in(bea).get("/plan/maps/").content.decode()) is listed_to_staff


def test_the_public_list_does_not_say_who_made_a_map(planner: User, client: Client) -> None:
    kept(planner)
    page = client.get("/plan/maps/").content.decode()
    assert "Χρήσεις" in page
    assert planner.name not in page


@pytest.mark.parametrize("content", ["{", "[]", '{"layers": 1}', '{"zoom": 99}', "[" * 50_000])
def test_a_broken_map_is_not_saved(content: str, planner: User, sign_in: SignIn) -> None:
    data = {"title": "Χρήσεις", "sharing": "owner", "content": content}
    answer = sign_in(planner).post("/plan/maps/save/", data, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert not PlanningMap.objects.exists()


def test_nobody_keeps_maps_without_end(planner: User) -> None:
    first = kept(planner)
    copies = [PlanningMap(**row(first)) for _number in range(MOST_MAPS - 1)]
    PlanningMap.objects.bulk_create(copies)
    with pytest.raises(TooManyMaps):
        kept(planner)


def row(planning_map: PlanningMap) -> dict[str, Any]:
    names = ("title", "owner", "created_at", "changed_at")
    return {name: getattr(planning_map, name) for name in names}


def test_a_removed_map_is_gone(planner: User, sign_in: SignIn) -> None:
    saved = kept(planner)
    client = sign_in(planner)
    assert client.post(f"/plan/maps/{saved.token}/remove/").status_code == 302
    assert client.get(f"/plan/maps/{saved.token}/").status_code == 404

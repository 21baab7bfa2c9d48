"""How rasters are drawn: by classes, ramps, light, slope; what a look may be; what the legend says of it."""

import json
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from layers.actions.rasters import change_raster_look
from layers.models import Raster
from layers.rasters.errors import BadRasterLook
from layers.rasters.offered import layers_of, raster_layer_for
from layers.rasters.spec import Kind, spec_of
from tests.layers.rasters import address, english, make_raster, pixels, slope_of, tile_at

pytestmark = pytest.mark.django_db
INSIDE = tile_at(500, 500, 17)
CODES = np.repeat(np.array([[1, 2, 3]], dtype="uint8"), 40, axis=1).repeat(120, axis=0)
CORINE = [
    {"value": 1, "label": "Συνεχής αστική δόμηση", "label_en": "Continuous urban fabric", "color": "#e6004d"},
    {"value": 2, "label": "Ελαιώνες", "label_en": "Olive groves", "color": "#e6a600"},
]


def colours(raster: Raster, look: str, tile: Any = INSIDE) -> set[tuple[int, ...]]:
    seen = pixels(Client().get(address(raster, look, tile))).reshape(-1, 4)
    return {tuple(int(part) for part in one) for one in np.unique(seen, axis=0)}


def legend(slug: str, client: Client | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = (client or Client()).get(f"/rasters/{slug}/legend").json()
    return {look["look"]: look for look in answer["looks"]}


def test_a_palette_is_drawn_in_its_own_colours() -> None:
    palette = {0: (0, 0, 0, 0), 1: (230, 0, 77, 255), 2: (230, 166, 0, 255), 3: (1, 2, 3, 255)}
    raster = make_raster("cover", CODES, palette=palette, nodata=0, unit="")
    assert spec_of(raster).kind is Kind.CLASSES
    assert colours(raster, "classes", tile_at(600, 600, 14)) == {
        (0, 0, 0, 0),
        (230, 0, 77, 255),
        (230, 166, 0, 255),
        (1, 2, 3, 255),
    }


def test_a_table_of_classes_gives_colours_and_labels_and_leaves_out_the_rest() -> None:
    raster = make_raster("cover", CODES, unit="")
    change_raster_look(slug="cover", look={"kind": "classes", "classes": CORINE})
    raster.refresh_from_db()
    assert colours(raster, "classes", tile_at(600, 600, 14)) == {
        (0, 0, 0, 0),
        (230, 0, 77, 255),
        (230, 166, 0, 255),
    }
    greek, other = legend("cover")["classes"]["legend"], legend("cover", english())["classes"]["legend"]
    assert [entry["label"] for entry in greek] == ["Συνεχής αστική δόμηση", "Ελαιώνες"]
    assert other[1] == {"label": "Olive groves", "color": "#e6a600", "shape": "polygon"}


def test_a_picture_of_three_bands_is_shown_as_it_is_and_its_nodata_is_nothing() -> None:
    bands = np.zeros((3, 120, 120), dtype="uint8")
    bands[0], bands[1], bands[2] = 200, 100, 50
    bands[:, :60] = 0
    raster = make_raster("photo", bands, nodata=0, unit="", photometric="RGB")
    assert spec_of(raster).kind is Kind.PICTURE
    assert colours(raster, "natural", tile_at(300, 300, 18)) == {(200, 100, 50, 255)}
    assert Client().get(address(raster, "natural", tile_at(300, 1000, 18))).status_code == 204


def test_the_fourth_band_of_a_picture_may_be_what_covers() -> None:
    bands = np.full((4, 120, 120), 90, dtype="uint8")
    bands[3] = np.where(np.arange(120) < 60, 255, 0)
    raster = make_raster("photo", bands, unit="", photometric="RGB")
    assert colours(raster, "natural", tile_at(200, 600, 18)) == {(90, 90, 90, 255)}
    assert Client().get(address(raster, "natural", tile_at(1100, 600, 18))).status_code == 204


def test_deep_pictures_are_stretched_to_what_can_be_seen() -> None:
    bands = np.tile(np.linspace(3000, 4000, 120), (3, 120, 1)).astype("uint16")
    raster = make_raster("deep", bands, unit="")
    change_raster_look(slug="deep", look={"stretch": [3000, 4000]})
    raster.refresh_from_db()
    seen = pixels(Client().get(address(raster, "natural", tile_at(600, 600, 14))))
    shown = seen[seen[..., 3] > 0][:, 0]
    assert shown.min() < 12
    assert shown.max() > 243


def test_a_ramp_goes_from_the_lowest_value_to_the_highest() -> None:
    raster = make_raster("rain", slope_of(0.1), unit="mm/h")
    change_raster_look(slug="rain", look={"ramp": "greys", "stretch": [100, 300]})
    raster.refresh_from_db()
    seen = pixels(Client().get(address(raster, "values", tile_at(1000, 1000, 13))))
    row = seen[seen[..., 3].any(axis=1)][5]
    shown = row[row[:, 3] > 0][:, 0].astype(int)
    assert (np.diff(shown) >= 0).all()
    assert (shown[0], shown[-1]) == (pytest.approx(0, abs=6), pytest.approx(255, abs=6))
    ramp = legend("rain")["values"]["ramp"]
    assert (ramp["low"], ramp["high"], ramp["colors"][0]) == ("≤ 100 mm/h", "≥ 300 mm/h", "#000000")


def test_the_span_is_found_where_nobody_says_it() -> None:
    raster = make_raster("heights", slope_of(0.1))
    spec = spec_of(raster)
    assert (spec.kind, spec.low, spec.high) == (Kind.ELEVATION, 100, 300)


@pytest.mark.parametrize(
    ("rise", "colour"), [(0.03, "#eef3e2"), (0.12, "#fdc877"), (0.30, "#e1633f"), (0.8, "#6f1a3c")]
)
@pytest.mark.parametrize("zoom", [13, 17])
def test_slope_is_of_the_ground_and_not_of_the_mercator_plane(rise: float, colour: str, zoom: int) -> None:
    """At 38° the plane is a quarter too wide: 30 % would be drawn as 24 %, another class."""
    raster = make_raster("ramp", slope_of(rise, 400))
    tile = tile_at(2000, 2000, zoom)
    seen = pixels(Client().get(address(raster, "slope", tile)))
    inside = seen[100:156, 100:156].reshape(-1, 4)
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    known = inside[inside[:, 3] > 0]
    assert {tuple(int(part) for part in one[:3]) for one in known} == {wanted}


def test_light_comes_from_the_north_west() -> None:
    """What rises to the south-east faces the light; what rises to the north-west lies in its own shadow."""
    lit = slope_of(0.4) - slope_of(0.4, towards="north")
    for slug, ground, shade in (("lit", lit, 255), ("dark", -lit, 0)):
        raster = make_raster(slug, ground.astype("float32"))
        seen = pixels(Client().get(address(raster, "hillshade", tile_at(1000, 1000, 16))))
        assert set(np.unique(seen[..., :3])) == {shade}
        assert seen[..., 3].min() > 60


def test_level_ground_casts_no_shadow_over_the_map() -> None:
    raster = make_raster("plain", slope_of(0.0))
    assert Client().get(address(raster, "hillshade", INSIDE)).status_code == 204


def test_heights_in_feet_are_as_steep_as_in_metres() -> None:
    raster = make_raster("feet", (slope_of(0.30, 400) / 0.3048).astype("float32"), unit="ft")
    assert spec_of(raster).kind is Kind.ELEVATION
    seen = pixels(Client().get(address(raster, "slope", tile_at(2000, 2000, 16))))
    assert tuple(seen[128, 128, :3]) == (0xE1, 0x63, 0x3F)


@pytest.mark.parametrize(
    "look",
    [
        {"kind": "volcano"},
        {"ramp": "rainbow; DROP TABLE"},
        {"stretch": [5, 1]},
        {"stretch": [1, float("nan")]},
        {"stretch": "0,1"},
        {"classes": [{"value": "x", "label": "a", "color": "#ffffff"}]},
        {"classes": [{"value": 1, "label": "a", "color": "url(x)"}]},
        {"classes": [{"value": 1, "color": "#ffffff"}]},
        {"theme": "nowhere"},
        {"position": "top"},
        {"colour": "red"},
    ],
)
def test_a_look_that_is_none_is_refused(look: dict[str, Any]) -> None:
    raster = make_raster("terrain", slope_of(0.1))
    with pytest.raises(BadRasterLook):
        change_raster_look(slug="terrain", look=look)
    raster.refresh_from_db()
    assert (raster.look, raster.revision) == ({}, 1)


def test_the_legend_tells_what_colours_mean_in_the_language_of_the_reader() -> None:
    make_raster("terrain", slope_of(0.1))
    told = legend("terrain", english())
    assert list(told) == ["relief", "heights", "hillshade", "slope", "aspect"]
    assert told["slope"]["title"] == "Terrain: slope"
    assert [entry["label"] for entry in told["slope"]["legend"]][:2] == ["0–5 %", "5–10 %"]
    assert told["relief"]["ramp"]["low"] == "≤ 100 m"
    assert json.dumps(legend("terrain")) != json.dumps(told)


def test_a_raster_with_one_look_is_called_by_its_title_alone() -> None:
    [layer] = layers_of(make_raster("rain", slope_of(0.1), unit="mm", title="Βροχή"))
    assert (layer.slug, layer.title) == ("rain--values", "Βροχή")


def test_a_layer_is_found_by_its_name_by_those_who_may_see_it() -> None:
    make_raster("terrain", slope_of(0.1))
    make_raster("secret", slope_of(0.1), visibility="staff")
    found = raster_layer_for(AnonymousUser(), "terrain--slope")
    assert found is not None
    assert found.look.name == "slope"
    for name in ("terrain--natural", "terrain", "secret--slope", "--slope", "terrain--"):
        assert raster_layer_for(AnonymousUser(), name) is None

"""The drawn town: the same every time, whole, and of the size that was promised."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date

import numpy as np
import pytest
import shapely

from gisportal.demo.addresses import addresses
from gisportal.demo.areas import areas
from gisportal.demo.blocks import blocks
from gisportal.demo.catalogue import LAYERS
from gisportal.demo.features import DRAWN
from gisportal.demo.furniture import benches, bins, drains, playgrounds, signs
from gisportal.demo.greenery import trees
from gisportal.demo.lamps import lighting
from gisportal.demo.names import latin
from gisportal.demo.parcels import parcels
from gisportal.demo.street_names import streets
from gisportal.demo.zones import zones

LEVELS = {"unit": "municipality", "community": "unit", "neighbourhood": "settlement"}


@pytest.mark.parametrize("slug", [row.slug for row in LAYERS])
def test_every_shape_of_a_layer_is_valid(slug: str) -> None:
    shapes = [one.shape for one in DRAWN[slug]()]
    assert shapes
    assert bool(shapely.is_valid(shapes).all())
    assert not bool(shapely.is_empty(shapes).any())


@pytest.mark.parametrize("slug", [row.slug for row in LAYERS])
def test_a_key_names_one_thing_at_a_time(slug: str) -> None:
    keys = Counter((one.key, one.since) for one in DRAWN[slug]())
    assert [key for key, count in keys.items() if count > 1] == []


def test_areas_tile_their_parents() -> None:
    by_code = {area.code: area for area in areas()}
    for level in LEVELS:
        parents = {area.parent for area in areas() if area.level == level}
        for parent in parents:
            children = [area.shape for area in areas() if area.level == level and area.parent == parent]
            whole = by_code[parent].shape
            assert shapely.union_all(children).symmetric_difference(whole).area < 1
            assert abs(sum(child.area for child in children) - whole.area) < 1


def test_neighbours_meet_the_municipality_without_overlap() -> None:
    home = next(area.shape for area in areas() if area.home)
    others = [area.shape for area in areas() if area.level == "municipality" and not area.home]
    assert len(others) == 3
    for other in others:
        assert home.intersection(other).area < 1
        assert home.distance(other) < 0.01


def test_kaek_is_twelve_digits_and_unique() -> None:
    codes = [parcel.kaek for parcel in parcels()]
    assert len(codes) == len(set(codes)) > 8_000
    assert all(re.fullmatch(r"\d{12}", code) for code in codes)


def test_parcels_fill_their_block_without_overlap() -> None:
    by_block: dict[int, list[shapely.Polygon]] = {}
    for parcel in parcels():
        by_block.setdefault(parcel.block, []).append(parcel.shape)
    for index, shapes in by_block.items():
        block = blocks()[index].shape
        whole = shapely.union_all(shapes)
        assert sum(shape.area for shape in shapes) - whole.area < 0.02 + 1e-4 * block.area
        assert whole.difference(block.buffer(0.02)).area < 0.01


def test_blocks_do_not_overlap() -> None:
    shapes = [block.shape for block in blocks()]
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a < b]
    assert all(shapes[a].intersection(shapes[b]).area < 0.5 for a, b in pairs)


def test_lamps_stand_beside_a_street_and_hang_on_a_circuit_with_a_pillar() -> None:
    light = lighting()
    assert len(light.lamps) >= 3_000
    roads = shapely.STRtree([street.line for street in streets()])
    _, distances = roads.query_nearest(
        [lamp.shape for lamp in light.lamps], return_distance=True, all_matches=False
    )
    assert float(np.max(distances)) < 14
    circuits = {circuit.code: circuit for circuit in light.circuits}
    pillars = {pillar.code for pillar in light.pillars}
    for lamp in light.lamps:
        assert lamp.feeds_from == ("circuit", lamp.properties["circuit"])
        feeder = circuits[str(lamp.properties["circuit"])].feeds_from
        assert feeder is not None
        assert feeder[1] in pillars


def test_codes_are_unique_in_their_kind() -> None:
    light = lighting()
    drafts = [
        *light.lamps,
        *light.circuits,
        *light.pillars,
        *bins(),
        *trees(),
        *drains(),
        *signs(),
        *playgrounds(),
        *benches(),
    ]
    codes = Counter((draft.kind, draft.code) for draft in drafts)
    assert [code for code, count in codes.items() if count > 1] == []


def test_house_numbers_are_odd_on_one_side_and_given_once() -> None:
    doors = Counter((address.place, address.street, address.number) for address in addresses())
    assert max(doors.values()) == 1
    numbers = [address.number for address in addresses()]
    assert 0.35 < sum(number % 2 for number in numbers) / len(numbers) < 0.65


def test_some_zones_have_a_past() -> None:
    states: dict[str, list[date]] = {}
    for zone in zones():
        states.setdefault(zone.key, []).append(zone.plan.since)
    assert sum(len(since) > 1 for since in states.values()) > 10
    assert all(since == sorted(set(since)) for since in states.values())


def test_the_town_is_the_same_in_another_process() -> None:
    """Another process has other hash seeds; the drawing must not feel them."""
    script = (
        "from gisportal.demo.parcels import parcels; from gisportal.demo.lamps import lighting;"
        "from gisportal.demo.street_names import streets; import hashlib;"
        "rows = [p.kaek + p.shape.wkt for p in parcels()] + [l.code + l.shape.wkt for l in lighting().lamps]"
        " + [s.name + s.code for s in streets()];"
        "print(hashlib.sha256('|'.join(rows).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != ""


@pytest.mark.parametrize(
    ("greek", "expected"),
    [
        ("Καλλιρρόη", "Kallirroi"),
        ("Ελευθερίου Βενιζέλου", "Eleftheriou Venizelou"),
        ("Παύλου", "Pavlou"),
        ("Μπουμπουλίνας", "Boumpoulinas"),
        ("Αγγέλου", "Angelou"),
        ("Ψαρών", "Psaron"),
        ("Χαρίλαου", "Charilaou"),
    ],
)
def test_names_are_written_in_latin_letters(greek: str, expected: str) -> None:
    assert latin(greek) == expected

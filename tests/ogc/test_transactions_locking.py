"""Part 4: nobody overwrites what they have not seen, not even at the same instant."""

import threading

import pytest
from django.db import connection, transaction

from layers.actions import FeatureState, write_features
from layers.models import Feature, Layer, Revision
from layers.moments import moment_of
from tests.factories import Town, box
from tests.ogc.asking import get
from tests.ogc.writing import FIRST, ITEMS, SECOND, Program, basic, code, feature, planner_of, plots


@pytest.fixture
def layer(town: Town) -> Layer:
    planner_of(town)
    return plots()


@pytest.fixture
def program(layer: Layer) -> Program:
    return Program(basic())


def use_of(key: str) -> str:
    return str(get(f"{ITEMS}/{key}")["properties"]["use"])


@pytest.mark.django_db
def test_a_change_for_another_state_is_refused(program: Program) -> None:
    tag = program.tag(FIRST)
    assert program.put(FIRST, feature(use="first writer"), **{"If-Match": tag}).status_code == 204
    late = {"If-Match": tag}
    assert code(program.put(FIRST, feature(use="second writer"), **late), 412) == "changed_meanwhile"
    assert code(program.patch(FIRST, {"properties": {"use": "second"}}, **late), 412) == "changed_meanwhile"
    assert code(program.delete(FIRST, **late), 412) == "changed_meanwhile"
    assert use_of(FIRST) == "first writer"


@pytest.mark.django_db
def test_the_answer_carries_the_tag_for_the_next_change(program: Program) -> None:
    tag = program.tag(FIRST)
    for number in range(3):
        answer = program.patch(FIRST, {"properties": {"floors": 5 + number}}, **{"If-Match": tag})
        assert answer.status_code == 204
        assert answer.headers["ETag"] not in ("", tag)
        tag = answer.headers["ETag"]
    assert program.tag(FIRST) == tag
    assert program.delete(FIRST, **{"If-Match": tag}).status_code == 204


@pytest.mark.django_db
@pytest.mark.parametrize("given", ['"0"', "nonsense", "", 'W/"{tag}"', '"{tag}x"', '"a", "b"'])
def test_tags_that_do_not_match(program: Program, given: str) -> None:
    told = given.replace("{tag}", program.tag(FIRST).strip('"'))
    assert code(program.delete(FIRST, **{"If-Match": told}), 412) == "changed_meanwhile"
    assert use_of(FIRST) == "housing"


@pytest.mark.django_db
def test_one_of_several_tags_or_any_state_may_match(program: Program) -> None:
    assert program.delete(FIRST, **{"If-Match": f'"a", {program.tag(FIRST)}'}).status_code == 204
    assert program.delete(SECOND, **{"If-Match": "*"}).status_code == 204


@pytest.mark.django_db
def test_without_a_condition_the_last_one_wins(program: Program) -> None:
    """QGIS sends no If-Match."""
    assert program.put(FIRST, feature(use="one")).status_code == 204
    assert program.put(FIRST, feature(use="two")).status_code == 204
    assert use_of(FIRST) == "two"


@pytest.mark.django_db
def test_the_tag_is_the_same_in_every_system_and_only_of_what_is_there_now(program: Program) -> None:
    grid = "http://www.opengis.net/def/crs/EPSG/0/2100"
    assert program.get(f"{ITEMS}/{FIRST}?crs={grid}").headers["ETag"] == program.tag(FIRST)
    assert program.tag(FIRST) != program.tag(SECOND)
    then = program.get(f"{ITEMS}/{FIRST}?datetime=2999-01-01T00:00:00Z")
    assert (then.status_code, then.headers.get("ETag")) == (200, None)


@pytest.mark.django_db
def test_a_change_that_is_planned_is_not_lost(program: Program, layer: Layer) -> None:
    state = FeatureState(FIRST, {"kaek": FIRST, "use": "park"}, box(5000, 5000, 5100, 5100))
    write_features(layer=layer, states=[state], valid_from=moment_of("2999-01-01"))
    for answer in (program.put(FIRST, feature()), program.delete(FIRST)):
        assert code(answer, 409) == "planned_change"
    assert Feature.objects.filter(key=FIRST).as_known().count() == 2


@pytest.fixture
def committed(transactional_db: None, town: Town) -> Layer:
    planner_of(town)
    return plots()


def test_nobody_waits_for_an_import_of_the_layer(committed: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another connection holds the layer, as an import does while it writes."""
    monkeypatch.setattr("layers.actions.edit.PATIENCE", "200ms")
    answers: list[object] = []

    def write() -> None:
        try:
            answers.append(Program(basic()).delete(FIRST))
        finally:
            connection.close()

    with transaction.atomic():
        Layer.objects.select_for_update(no_key=True).get(pk=committed.pk)
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=60)
    assert code(answers[0], 503) == "layer_busy"
    assert use_of(FIRST) == "housing"


def test_of_two_writers_at_the_same_instant_one_is_told(committed: Layer) -> None:
    """Each has a connection of its own; both read the same state."""
    tag = Program(basic()).tag(FIRST)
    start, answers = threading.Barrier(2), []

    def write(use: str) -> None:
        try:
            program = Program(basic())
            start.wait(timeout=20)
            answers.append((program.put(FIRST, feature(use=use), **{"If-Match": tag}).status_code, use))
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(use,)) for use in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert sorted(status for status, _use in answers) == [204, 412]
    assert use_of(FIRST) == dict(answers)[204]
    assert Revision.objects.count() == 1
    assert Feature.objects.filter(key=FIRST).current().count() == 1

"""A series of sheets: an index, then a sheet for each feature, done by the worker with the rights of who asked."""

from typing import Any

import pypdfium2 as pdfium
import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from layers.models import Layer
from planning.models import JobState, PlanJob
from planning.printing import series
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, box
from tests.layers.drawing.pdf import text_of
from tests.planning.printing.test_sheet import place

SERIES = "/plan/print/series/"
SCHEMA = {"properties": {"name": {"type": "string"}}}


@pytest.fixture
def blocks(town: Town) -> Layer:
    """Two small blocks beside each other in the frame, and a large one far from it."""
    layer: Layer = LayerFactory.create(
        slug="blocks", title="Οικοδομικά τετράγωνα", field_schema=SCHEMA, title_field="name"
    )
    squares = {
        "α": (5000, 5000, 5060, 5060),
        "β": (5070, 5000, 5130, 5060),
        "μακριά": (8000, 8000, 8900, 8900),
    }
    for name, sides in squares.items():
        FeatureFactory.create(layer=layer, key=name, geom=box(*sides), properties={"name": name})
    return layer


def asked(**words: str) -> dict[str, str]:
    return {
        "layers": "blocks",
        "map": place(),
        "scale": "1000",
        "title": "Τετράγωνα",
        "sheets": "blocks",
        **words,
    }


def done(user: User, sign_in: SignIn, **words: str) -> PlanJob:
    response = sign_in(user).post(SERIES, asked(**words))
    assert response.status_code == 302, response.content[:300]
    job = PlanJob.objects.latest("pk")
    call_command("plan_job", str(job.pk))
    job.refresh_from_db()
    return job


def pages_of(job: PlanJob) -> list[str]:
    content = (settings.PRIVATE_FILES_DIR / job.file).read_bytes()
    with pdfium.PdfDocument(content) as document:
        count = len(document)
    return [" ".join(text_of(content, number).split()) for number in range(count)]


def test_there_is_an_index_and_a_sheet_for_each_block_in_the_frame(
    blocks: Layer, sign_in: SignIn, planner: User
) -> None:
    job = done(planner, sign_in)
    assert (job.state, job.problem) == (JobState.DONE, "")
    index, first, second = pages_of(job)
    assert "Τετράγωνα" in index
    assert ("α" in first, "β" in second) == (True, True)
    assert "1:1.000" in first


def test_a_feature_too_large_for_the_scale_gets_one_that_shows_it_whole(
    blocks: Layer, sign_in: SignIn, planner: User
) -> None:
    *_others, far = pages_of(done(planner, sign_in, where="all"))
    assert "μακριά" in far
    assert "1:10.000" in far or "1:5.000" in far


def test_at_one_scale_a_large_feature_is_covered_by_sheets_that_overlap(
    blocks: Layer, sign_in: SignIn, planner: User
) -> None:
    pages = pages_of(done(planner, sign_in, where="all", fit="scale", scale="2000"))
    far = [page for page in pages if "μακριά" in page]
    assert len(far) >= 4
    assert all("1:2.000" in page for page in far)


def test_sheets_that_cover_something_leave_nothing_out_and_overlap() -> None:
    bounds = (0.0, 0.0, 1000.0, 500.0)
    frames = [sheet.frame for sheet in series._covering("α", bounds, 2000, 200, 150)]
    assert min(frame.bounds[0] for frame in frames) <= 0
    assert max(frame.bounds[2] for frame in frames) >= 1000
    assert max(frame.bounds[3] for frame in frames) >= 500
    first, second = frames[0].bounds, frames[1].bounds
    assert first[2] - second[0] == pytest.approx(series.OVERLAP * 400, abs=0.01)


def test_too_many_sheets_are_refused_with_their_number(
    blocks: Layer, sign_in: SignIn, planner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MOST_SHEETS", 1)
    job = done(planner, sign_in)
    assert job.state == JobState.FAILED
    assert "2" in job.problem


def test_nothing_to_print_is_told(blocks: Layer, sign_in: SignIn, planner: User) -> None:
    job = done(planner, sign_in, map=place(1000, 1000))
    assert (job.state, "Οικοδομικά τετράγωνα" in job.problem) == (JobState.FAILED, True)


def test_only_staff_may_ask_and_only_for_layers_that_they_see(
    blocks: Layer, sign_in: SignIn, planner: User, alice: User, client: Any
) -> None:
    assert client.post(SERIES, asked()).status_code == 302  # to the login
    assert sign_in(alice).post(SERIES, asked()).status_code == 403
    LayerFactory.create(slug="inside", visibility="departments")
    assert sign_in(planner).post(SERIES, asked(sheets="inside")).status_code == 404
    assert sign_in(planner).post(SERIES, asked(scale="0")).status_code == 400
    assert not PlanJob.objects.exists()

"""Since when a file holds: a day within reason, however it is given."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError

from importers.actions.layer import LayerOrder, import_layer
from importers.models import ImportRun
from importers.moments import BadSince, moment_since
from importers.targets import target_named
from layers.models import Feature, Layer
from tests.factories import Town
from tests.importers.files import square, write
from tests.importers.test_commands import run


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    return write(tmp_path / "zones.gpkg", [square(0, 0)], {"id": ["A"]})


def test_a_day_begins_with_the_clock_of_the_municipality() -> None:
    for written, moment in (
        ("2024-06-01", datetime(2024, 5, 31, 21, tzinfo=UTC)),
        ("2024-03-31T03:30", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),  # an hour that the clocks leap over
        ("2024-06-01T10:00:00+00:00", datetime(2024, 6, 1, 10, tzinfo=UTC)),
    ):
        since = moment_since(written)
        assert since is not None
        assert since.astimezone(UTC) == moment
    assert moment_since("") is None


@pytest.mark.parametrize(
    "written", ["0001-01-01", "0999-12-31", "3000-01-01", "9999-12-31", "soon", "2024-13-01"]
)
def test_what_no_page_could_show_is_no_day(written: str) -> None:
    with pytest.raises(BadSince):
        moment_since(written)


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31", "soon"])
def test_the_command_says_so_and_imports_nothing(town: Town, zones: Path, written: str) -> None:
    with pytest.raises(CommandError, match="no day since when something can hold"):
        run("import_layer", zones, "--layer", "zones", "--key", "id", "--valid-from", written)
    assert not Layer.objects.exists()


@pytest.mark.django_db
def test_an_order_with_such_a_moment_is_refused(town: Town, zones: Path) -> None:
    with pytest.raises(BadSince):
        import_layer(LayerOrder(zones, slug="zones", key="id", valid_from=datetime(1, 1, 1, tzinfo=UTC)))
    assert not Feature.objects.exists()
    assert ImportRun.objects.get().state == "refused"


@pytest.mark.django_db
def test_a_run_with_such_a_day_is_refused_in_a_sentence(town: Town, zones: Path) -> None:
    asked = ImportRun(target="layer", target_slug="zones", order={"valid_from": "garbage"})
    with pytest.raises(BadSince):
        target_named("layer").order(asked, zones, dry_run=True, user=None)

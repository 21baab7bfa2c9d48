"""What a file says of persons is kept no longer than the file: rows set aside, and what a check quoted."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from importers.actions.layer import LayerOrder, import_layer
from importers.actions.work import forget_files, keep_check
from importers.models import ImportRun
from tests.factories import Town
from tests.importers.files import square, write_geojson

pytestmark = pytest.mark.django_db
PHONE = "6971234567"


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    rows = [{"id": "A", "phone": PHONE}, {"id": "B", "phone": PHONE + "8"}]
    return write_geojson(tmp_path / "persons.geojson", [square(0, 0), None], rows)


def test_rows_set_aside_on_the_command_line_go_too(town: Town, persons: Path) -> None:
    import_layer(LayerOrder(persons, slug="persons", key="id", set_aside=True))
    run = ImportRun.objects.get()
    kept = Path(run.refused_rows.path)
    assert PHONE in kept.read_text(encoding="utf-8-sig")
    last_day = timezone.localdate() + timedelta(days=settings.IMPORT_FILE_KEPT_DAYS)
    assert run.file_kept_until == last_day
    assert forget_files(today=last_day) == 0
    assert forget_files(today=last_day + timedelta(days=1)) == 1
    assert not kept.exists()


def test_a_check_keeps_its_counts_and_forgets_what_it_quoted(town: Town, persons: Path) -> None:
    run = ImportRun.objects.create(
        target="layer",
        target_slug="persons",
        file_name="persons.geojson",
        created_at=timezone.now(),
        file_kept_until=timezone.localdate(),
    )
    order = LayerOrder(persons, slug="persons", key="id", set_aside=True, dry_run=True, run=run)
    keep_check(run=run, report=import_layer(order))
    run.refresh_from_db()
    assert PHONE in json.dumps(run.evidence)
    forget_files(today=timezone.localdate() + timedelta(days=1))
    forgotten = ImportRun.objects.get(pk=run.pk).evidence
    assert PHONE not in json.dumps(forgotten)
    assert forgotten["sample"] == {"type": "FeatureCollection", "features": []}
    assert forgotten["geometry"] == run.evidence["geometry"]
    assert [field["filled"] for field in forgotten["fields"]] == [2, 2]

"""`manage.py raster_look` says how a raster is drawn."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from layers.models import Raster
from layers.rasters.spec import Kind, spec_of
from tests.layers.rasters import make_raster, slope_of

pytestmark = pytest.mark.django_db


def said(*words: Any) -> str:
    out = io.StringIO()
    call_command("raster_look", *words, stdout=out)
    return out.getvalue()


def test_it_tells_how_a_raster_is_drawn() -> None:
    make_raster("terrain", slope_of(0.1))
    told = said("terrain")
    assert "elevation · heights · 100 – 300" in told
    assert "terrain--slope" in told
    assert Raster.objects.get().revision == 1


def test_what_is_said_is_kept_until_something_else_is_said() -> None:
    make_raster("terrain", slope_of(0.1))
    said("terrain", "--ramp", "cividis")
    told = said("terrain", "--stretch", "0", "400", "--theme", "networks", "--shown")
    assert "elevation · cividis · 0 – 400" in told
    raster = Raster.objects.get()
    assert (raster.revision, spec_of(raster).theme, spec_of(raster).shown_at_first) == (3, "networks", True)
    said("terrain", "--forget")
    assert Raster.objects.get().look == {}


def test_classes_come_from_a_table(tmp_path: Path) -> None:
    make_raster("cover", np.ones((40, 40), dtype="uint8"), unit="")
    table = tmp_path / "classes.csv"
    table.write_text("value,color,label,label_en\n1,#e6a600,Ελαιώνες,Olive groves\n", encoding="utf-8-sig")
    said("cover", "--classes", str(table))
    spec = spec_of(Raster.objects.get())
    assert spec.kind is Kind.CLASSES
    assert [(row.value, row.label, row.label_en) for row in spec.classes] == [(1, "Ελαιώνες", "Olive groves")]


@pytest.mark.parametrize("content", ["value,color\n1,#ffffff\n", "value,color,label\nx,#ffffff,a\n", "\xff"])
def test_a_table_that_is_none_is_refused(content: str, tmp_path: Path) -> None:
    make_raster("cover", np.ones((40, 40), dtype="uint8"), unit="")
    table = tmp_path / "classes.csv"
    table.write_bytes(content.encode("latin-1"))
    with pytest.raises(CommandError, match="value, color"):
        said("cover", "--classes", str(table))
    assert Raster.objects.get().revision == 1


def test_a_raster_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="nothing"):
        said("nothing")


def test_a_wrong_colour_is_refused(tmp_path: Path) -> None:
    make_raster("cover", np.ones((40, 40), dtype="uint8"), unit="")
    table = tmp_path / "classes.csv"
    table.write_text("value,color,label\n1,red,a\n")
    with pytest.raises(CommandError, match="rrggbb"):
        said("cover", "--classes", str(table))

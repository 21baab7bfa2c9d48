"""`manage.py render_map`: the same files from the command line, with sentences and exit codes."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from accounts.models import User
from layers.models import Layer
from planning.models import PlanningMap
from tests.factories import FeatureFactory, LayerFactory, Town, box
from tests.layers.drawing.pdf import text_of
from tests.planning.printing.test_sheet import place


@pytest.fixture
def zones(town: Town) -> Layer:
    layer: Layer = LayerFactory.create(slug="zones", title="Ζώνες")
    FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100))
    return layer


def a_map(owner: User, title: str = "Κέντρο", sharing: str = "public") -> PlanningMap:
    zoom, lat, lon = map(float, place().split("/"))
    content = {"layers": [{"slug": "zones"}], "center": [lon, lat], "zoom": zoom}
    now = timezone.now()
    return PlanningMap.objects.create(
        title=title, owner=owner, sharing=sharing, content=content, created_at=now, changed_at=now
    )


def rendered(path: Path, *words: str, **options: Any) -> bytes:
    told = io.StringIO()
    call_command("render_map", *words, output=path, stdout=told, **options)
    assert str(path) in told.getvalue()
    return path.read_bytes()


def test_a_map_is_drawn_by_its_title_and_by_its_token(zones: Layer, planner: User, tmp_path: Path) -> None:
    saved = a_map(planner)
    for name in ("Κέντρο", saved.token):
        said = text_of(rendered(tmp_path / "map.pdf", name))
        assert "Κέντρο" in said
        assert "Ζώνες" in said


def test_every_format_comes_out(zones: Layer, planner: User, tmp_path: Path) -> None:
    a_map(planner)
    picture = Image.open(io.BytesIO(rendered(tmp_path / "map.png", "Κέντρο", dpi="72")))
    assert picture.size == (842, 595)
    assert b"offlineLayer(" in rendered(tmp_path / "map.html", "Κέντρο", format="html")
    assert "1:500" in text_of(rendered(tmp_path / "m", "Κέντρο", format="pdf", scale="500", paper="A3"))


def test_layers_can_be_named_instead_of_a_map(zones: Layer, tmp_path: Path) -> None:
    content = rendered(tmp_path / "map.pdf", layers="zones", map=place(), title="Πρόχειρο")
    assert "Πρόχειρο" in text_of(content)


def test_a_map_shows_what_the_named_person_may_see(zones: Layer, planner: User, tmp_path: Path) -> None:
    inside = LayerFactory.create(slug="inside", title="Εσωτερικό", visibility="staff")
    FeatureFactory.create(layer=inside, geom=box(5000, 5000, 5100, 5100))
    words = {"layers": "zones,inside", "map": place()}
    assert "Εσωτερικό" not in text_of(rendered(tmp_path / "a.pdf", **words))
    assert "Εσωτερικό" in text_of(rendered(tmp_path / "b.pdf", person=planner.email, **words))


@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        (["Άγνωστος"], {}, "Άγνωστος"),
        (["Ιδιωτικός"], {}, "Ιδιωτικός"),
        (["Διπλός"], {}, "2"),
        ([], {}, "--layers"),
        (["Διπλός"], {"layers": "zones"}, "--layers"),
        ([], {"layers": "zones", "scale": "0"}, "50"),
        ([], {"layers": "zones", "paper": "A9"}, "A4, A3"),
        ([], {"layers": "zones", "person": "nobody@example.gr"}, "nobody@example.gr"),
        ([], {"layers": "zones", "output": Path("/nowhere/at/all/map.pdf")}, "/nowhere"),
        ([], {"layers": "zones", "output": Path("map.gif")}, "gif"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_fails(
    zones: Layer, planner: User, tmp_path: Path, words: list[str], options: dict[str, Any], sentence: str
) -> None:
    a_map(planner, "Ιδιωτικός", "owner")
    a_map(planner, "Διπλός")
    a_map(planner, "Διπλός")
    with pytest.raises(CommandError, match=sentence):
        call_command("render_map", *words, **{"output": tmp_path / "map.pdf", **options})
    assert not (tmp_path / "map.pdf").exists()


def test_the_exit_code_tells_a_shell_that_it_failed() -> None:
    command = [sys.executable, "manage.py", "render_map", "--format", "pdf"]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "--layers" in ended.stderr

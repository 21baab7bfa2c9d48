"""A tile that takes too long is refused with a sentence, and the database is left free for others."""

import pytest
from django.db import connection
from django.db.models import FloatField, Func, Value
from django.test import Client

from layers import map_layers, tiles
from layers.models import Layer
from layers.sources import FeatureSource
from tests.factories import FeatureFactory, LayerFactory, at
from tests.tiles import tile_of


@pytest.mark.django_db
def test_slow_tile_is_refused_and_the_transaction_around_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    refused(monkeypatch)
    assert Layer.objects.filter(slug="slow").exists()


@pytest.mark.django_db(transaction=True)
def test_slow_tile_is_refused_outside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    refused(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    FeatureFactory.create(layer=LayerFactory.create(slug="slow"))
    find = map_layers.find

    def slowed(user: object, slug: str) -> FeatureSource | None:
        source = find(user, slug)  # type: ignore[arg-type]
        assert source is not None
        nap = Func(Value(2.0), function="pg_sleep", output_field=FloatField())
        return FeatureSource(
            **{**vars(source), "rows": source.rows.annotate(nap=nap).filter(nap__isnull=False)}
        )

    monkeypatch.setattr(map_layers, "find", slowed)
    monkeypatch.setattr(tiles, "TIMEOUT", "50ms")
    tile = tile_of(at(5050, 5050), 14)
    response = Client().get(
        f"/tiles/slow/1/{tile.z}/{tile.x}/{tile.y}.mvt", headers={"Accept": "application/json"}
    )
    assert (response.status_code, response.json()["code"]) == (503, "tile_too_slow")

"""Keep what a layer was filled with, and bring it out for the next import of the same layer."""

import json
from datetime import datetime
from hashlib import blake2b

import numpy as np
import pyproj
import shapely
from django.conf import settings

from importers.known_rows import DIGEST_BYTES, Digests, KnownRows
from importers.models import RowDigests
from importers.order import Order
from importers.reading import Reading
from layers.models import Layer

#: To be raised when the same row of a file would be stored in another way than before.
VERSION = 1
ROWS_PER_PART = 65_536


def known_rows(
    order: Order, layer: Layer | None, read: Reading, key: str, starts: datetime
) -> KnownRows | None:
    """What is known of the rows, None for imports that have to look at every row: dry runs, which tell of all of them,
    rows without a key, files that are a part of the layer, places that come from elsewhere. `starts` is the moment
    from which the rows are to hold."""
    if order.dry_run or order.is_partial or not key or order.locator() is not None:
        return None
    known = KnownRows(key, read.cleaner.home)
    if layer is not None:
        known = KnownRows(key, read.cleaner.home, _held(layer, recipe(order, read, key), starts))
    return known


def keep_digests(order: Order, slug: str, read: Reading, key: str, starts: datetime) -> None:
    """To be called when the layer is as the file says. Nothing is kept when rows were refused, as then it is not."""
    if read.known is None:
        return
    layer = Layer.objects.get(slug=slug)
    counts = read.report.counts
    if len(read.known.held) and not (counts["added"] or counts["changed"] or counts["removed"]):
        return
    parts = RowDigests.objects.filter(layer=layer)
    parts.delete()
    learnt = read.known.learnt
    if counts["refused"]:
        return
    for part, at in enumerate(range(0, len(learnt), ROWS_PER_PART)):
        RowDigests.objects.create(
            layer=layer,
            part=part,
            revision=layer.revision,
            recipe=recipe(order, read, key),
            starts=starts,
            digests=learnt[at : at + ROWS_PER_PART].tobytes(),
        )


def recipe(order: Order, read: Reading, key: str) -> str:
    """Everything but the row itself that decides how it is stored."""
    placed = read.cleaner.placement
    document = [
        VERSION,
        settings.STORAGE_SRID,
        placed.name,
        placed.transformer.definition if placed.transformer else "",
        placed.swap_axes,
        read.source.encoding.name,
        key,
        order.rules.as_json(),
        read.cleaner.home,
        pyproj.proj_version_str,
        shapely.geos_version_string,
    ]
    return blake2b(json.dumps(document).encode(), digest_size=DIGEST_BYTES).hexdigest()


def _held(layer: Layer, wanted: str, starts: datetime) -> Digests:
    parts = RowDigests.objects.filter(
        layer=layer, revision=layer.revision, recipe=wanted, starts__lte=starts
    ).order_by("part")
    data = [
        np.frombuffer(part, dtype=np.uint64).reshape(-1, 2)
        for part in parts.values_list("digests", flat=True)
    ]
    return np.concatenate(data) if data else np.empty((0, 2), dtype=np.uint64)

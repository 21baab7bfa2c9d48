"""Make and change layers: the row of the catalogue together with its partition."""

from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core.statements import quoted, statement
from layers.actions.places import rebuild_places
from layers.models import Layer
from layers.tile_files import forget_tiles


def partition_of(layer: Layer) -> str:
    """Name of the table that holds this layer's features alone."""
    return f"layers_feature_{int(layer.pk)}"


@transaction.atomic
def create_layer(
    *, slug: str, title: str, theme: str, geometry_kind: str, filled_table: str = "", **rest: Any
) -> Layer:
    """A new layer; `rest` are further fields of Layer, `departments` a list of departments that see it.

    It is empty, unless `filled_table` names a table like layers_feature whose rows carry the `id` given in `rest`:
    that table then becomes its partition.
    """
    departments = rest.pop("departments", ())
    layer = Layer(slug=slug, title=title, theme=theme, geometry_kind=geometry_kind, **rest)
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "lock_for_new_layer"))
        layer.full_clean(exclude=["departments"])
        layer.save(force_insert=True)
        layer.departments.set(departments)
        sql = statement("layers", "adopt_partition" if filled_table else "create_partition")
        names = {"partition": quoted(partition_of(layer)), "layer_id": int(layer.pk)}
        cursor.execute(sql.format(**names, filled=quoted(filled_table)))
    return layer


@transaction.atomic
def change_layer(*, layer: Layer, **changes: Any) -> Layer:
    """Change fields of the catalogue row, `departments` among them, and start a new revision.

    Tiles kept as files are removed, and the search forgets its places: what is no longer public must neither be
    served by the front server nor found.
    """
    departments = changes.pop("departments", None)
    for name, value in changes.items():
        setattr(layer, name, value)
    layer.full_clean(exclude=["departments", "revision"])
    layer.save(update_fields=list(changes))
    if departments is not None:
        layer.departments.set(departments)
    start_revision(layer)
    if "visibility" in changes:
        rebuild_places()
    return layer


def start_revision(layer: Layer) -> None:
    """Every address of a tile of this layer becomes a new one; the files of the old ones go."""
    Layer.objects.filter(pk=layer.pk).update(revision=F("revision") + 1)
    layer.refresh_from_db(fields=["revision"])
    slugs = [layer.slug, "base"] if layer.theme == "base" else [layer.slug]
    transaction.on_commit(lambda: forget_tiles(*slugs))

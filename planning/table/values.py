"""What a field holds most often, for those who write a filter."""

from django.db.models import Count, TextField

from layers.exports.fields import Kind
from layers.ogcapi.sql import Sql
from planning.table.chosen import Chosen

MOST = 20
LOOKED_AT = 50_000
LONGEST = 200


def frequent_values(chosen: Chosen, name: str, typed: str) -> list[str]:
    """At most MOST texts, the most frequent first, that hold what was typed; of the first LOOKED_AT rows. To be asked
    in `bounded()`. Raises NoSuchColumn."""
    field = chosen.field(name)
    if field.kind == Kind.JSON:
        return []
    looked = chosen.rows.order_by("pk").values("pk")[:LOOKED_AT]
    text = Sql("CAST({0} AS text)", field.value(), output=TextField())
    rows = chosen.rows.filter(pk__in=looked).annotate(table_value=text).exclude(table_value=None)
    if typed:
        rows = rows.filter(table_value__icontains=typed)
    counted = rows.order_by().values("table_value").annotate(table_rows=Count("pk"))
    found = counted.order_by("-table_rows", "table_value").values_list("table_value", flat=True)[:MOST]
    return [value[:LONGEST] for value in found]

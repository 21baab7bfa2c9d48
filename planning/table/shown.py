"""The table and the figures as pages show them: links that keep what was asked, numbers with units, small bars."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from planning.table.chosen import Chosen
from planning.table.figures import Figures, Told
from planning.table.listing import MOST_ROWS, PAGE, Listing, Order
from planning.templatetags.figures import metres, square_metres

WIDTH = 1000


def links_of(chosen: Chosen, page: Listing, order: Order) -> dict[str, Any]:
    """Addresses: `heads` sort by each column, `before` and `after` turn pages, `csv` and `items` have all rows."""
    slug = chosen.collection.id
    there = reverse("planning:table", args=[slug])
    asked: list[tuple[str, str]] = [*chosen.asked.items(), *_columns(chosen, page)]

    def link(**more: Any) -> str:
        return (
            f"{there}?{urlencode([*asked, *((name, str(value)) for name, value in more.items() if value)])}"
        )

    sorted_by = {"sort": order.sort, "down": "1" if order.down else ""}
    heads = []
    for field in page.columns:
        is_sorted = field.name == order.sort
        down = is_sorted and not order.down
        way = ("descending" if order.down else "ascending") if is_sorted else ""
        can = field in chosen.sortable
        heads.append((field, link(sort=field.name, down="1" if down else "") if can else "", way))
    next_start = order.start + PAGE
    has_next = page.has_more and next_start < MOST_ROWS
    items = reverse("layers:ogc:items", args=[slug])
    named = {"filter": chosen.asked.get("filter", ""), "bbox": chosen.asked.get("bbox", "")}
    if not chosen.moments.is_now:
        named["datetime"] = chosen.moments.valid.isoformat()
    if chosen.moments.known is not None:
        named["known"] = chosen.moments.known.isoformat()
    return {
        "heads": heads,
        "before": link(**sorted_by, start=max(0, order.start - PAGE) or "") if order.start else "",
        "after": link(**sorted_by, start=next_start) if has_next else "",
        "csv": link(**sorted_by, f="csv"),
        "items": f"{items}?{urlencode({'f': 'json', 'limit': MOST_ROWS} | {k: v for k, v in named.items() if v})}",
        "figures": f"{reverse('planning:table-figures', args=[slug])}?{urlencode(chosen.asked)}",
    }


def _columns(chosen: Chosen, page: Listing) -> list[tuple[str, str]]:
    """Only where not all are shown."""
    names = [field.name for field in page.columns]
    return [] if names == list(chosen.fields) else [("field", name) for name in names]


@dataclass(frozen=True)
class FigureLines:
    """`head` and `raw` for files, `titles` and `lines` (name, cells, length of the bar of WIDTH) for people."""

    head: list[str]
    raw: list[list[Any]]
    titles: list[str]
    lines: list[tuple[str, list[str], float]]
    whole: list[tuple[str, str]]


def figure_lines(told: Told, *, has_classes: bool, has_numbers: bool) -> FigureLines:
    """Only the figures that there are."""
    whole = told.whole
    kinds = [("count", _("Rows")), ("area", _("Area")), ("length", _("Length"))]
    if has_numbers:
        kinds += [
            ("sum", _("Sum")),
            ("mean", _("Mean")),
            ("smallest", _("Smallest")),
            ("largest", _("Largest")),
        ]
    kinds = [(name, title) for name, title in kinds if getattr(whole, name) is not None]
    names = [name for name, _title in kinds]
    measure = next((name for name in ("area", "length") if name in names), "count")
    most = max((_of(one, measure) for one in told.classes), default=0.0) or 1.0
    lines = [
        (
            class_name(one),
            [told_as(name, getattr(one, name)) for name in names],
            _of(one, measure) / most * WIDTH,
        )
        for one in told.classes
    ]
    raw = [[_("all"), *(getattr(whole, name) for name in names)]]
    raw += [[class_name(one), *(getattr(one, name) for name in names)] for one in told.classes]
    if has_classes and told.others:
        raw.append([_("other classes"), told.others])
    titles = [title for _name, title in kinds]
    head = [_("class"), *(f"{title} (m²)" if name == "area" else title for name, title in kinds)]
    shown = [(title, told_as(name, getattr(whole, name))) for name, title in kinds]
    return FigureLines(head, raw, titles, lines, shown)


def _of(one: Figures, name: str) -> float:
    return float(getattr(one, name) or 0)


def class_name(one: Figures) -> str:
    return _("no value") if one.name is None else (one.name or _("blank"))


def told_as(name: str, value: float | None) -> str:
    if value is None:
        return "—"
    if name == "area":
        return square_metres(value)
    if name == "length":
        return metres(value)
    whole = name == "count" or float(value).is_integer()
    return str(number_format(value, 0 if whole else 2, force_grouping=True))

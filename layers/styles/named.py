"""The looks that a reader may choose for a source: those that read only what the reader is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound
from core.languages import in_reader_language
from layers.models import LayerStyle
from layers.sources import FeatureSource
from layers.styles.fields import kinds_of, unknown_fields
from layers.styles.legend import legend_of
from layers.styles.maplibre import fragments_of
from layers.styles.problems import BadStyle
from layers.styles.rules import Kinds
from layers.styles.spec import Spec, spec_of
from municipality.roles import AnyUser

#: The look of what has no styles of its own: assets, areas, issues, layers that nobody styled.
DEFAULT = "default"


@dataclass(frozen=True)
class NamedStyle:
    """`fragments` as in layers/style_fragments.py, `legend` with both languages. `spec` is None where the look is not
    one that a planner made."""

    layer: str
    slug: str
    title: str
    fragments: list[dict[str, Any]]
    legend: list[dict[str, Any]]
    is_first: bool
    spec: Spec | None = None

    @property
    def id(self) -> str:
        """Its name among the styles of all layers, whose slugs hold no dot."""
        return f"{self.layer}.{self.slug}"


def styles_of(user: AnyUser, source: FeatureSource) -> list[NamedStyle]:
    """The one that is shown at first comes first. `source` came from `source_for(user, …)`; there is always one."""
    rows = LayerStyle.objects.visible_to(user).filter(layer__slug=source.slug).select_related("layer")
    return _styles(source, list(rows))


def all_styles(user: AnyUser, sources: Iterable[FeatureSource]) -> list[NamedStyle]:
    """Those of all the sources, which came from `offered_sources(user)`."""
    rows: dict[str, list[LayerStyle]] = {}
    for row in LayerStyle.objects.visible_to(user).select_related("layer"):
        rows.setdefault(row.layer.slug, []).append(row)
    return [style for source in sources for style in _styles(source, rows.get(source.slug, []))]


def _styles(source: FeatureSource, rows: list[LayerStyle]) -> list[NamedStyle]:
    found = list(_drawable(rows, source))
    if not any(style.is_first for style in found):
        title, legend = str(source.title), source.legend
        found.append(NamedStyle(source.slug, DEFAULT, title, source.style, legend, is_first=True))
    return sorted(found, key=lambda style: not style.is_first)


def style_named(user: AnyUser, source: FeatureSource, slug: str) -> NamedStyle:
    """Raises NotFound for one that is not there, or not for this reader."""
    found = next((style for style in styles_of(user, source) if style.slug == slug), None)
    if found is None:
        raise NotFound()
    return found


def _drawable(rows: list[LayerStyle], source: FeatureSource) -> Iterator[NamedStyle]:
    kinds = kinds_of(source) if rows else {}
    for row in rows:
        made = _compiled(row, source, kinds)
        if made is not None:
            yield made


def _compiled(row: LayerStyle, source: FeatureSource, kinds: Kinds) -> NamedStyle | None:
    """None where it reads what this reader is not told, or what is no more."""
    try:
        spec = spec_of(row.spec)
        fragments = fragments_of(spec, source.geometry_kind, kinds)
    except BadStyle:
        return None
    if unknown_fields(fragments, [*kinds, *source.properties]):
        return None
    legend = legend_of(spec, source.geometry_kind, row.layer.title, row.layer.title_en)
    title = in_reader_language(row, "title")
    return NamedStyle(source.slug, row.slug, title, fragments, legend, row.is_first, spec)

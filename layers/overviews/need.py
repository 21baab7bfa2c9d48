"""Whether a layer has so many surfaces that it wants an overview; few are drawn themselves at every zoom."""

from layers.sources import FeatureSource

FEWEST = 2_000


def needs_overview(source: FeatureSource) -> bool:
    """True when it has FEWEST features or more: reads no more of them than that."""
    return source.rows.order_by()[FEWEST - 1 : FEWEST].exists()

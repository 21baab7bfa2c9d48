"""The conformance classes that this build passes the tests of; see tests/ogc/."""

from layers.ogcapi.maps.described import CLASSES as MAPS
from layers.ogcapi.styles.documents import CLASSES as STYLES
from layers.ogcapi.tiles.documents import CLASSES as TILES

FEATURES_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
FEATURES_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"
FEATURES_3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"
FEATURES_4 = "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/"
CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/"

FILTERS = (
    *("cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators"),
    *("case-insensitive-comparison", "accent-insensitive-comparison"),
    *("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions", "temporal-functions"),
    *("array-functions", "property-property", "functions", "arithmetic"),
)
CLASSES = [
    *(f"{FEATURES_1}{name}" for name in ("core", "oas30", "geojson", "html")),
    f"{FEATURES_2}crs",
    *(
        f"{FEATURES_3}{name}"
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(f"{CQL2}{name}" for name in FILTERS),
    *(
        f"{FEATURES_4}{name}"
        for name in ("create-replace-delete", "update", "optimistic-locking-etags", "features")
    ),
    *MAPS,
    *STYLES,
    *TILES,
]

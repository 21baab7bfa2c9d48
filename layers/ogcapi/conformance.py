"""The conformance classes that this build passes the tests of; see tests/ogc/."""

FEATURES_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
FEATURES_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"

CLASSES = [
    *(f"{FEATURES_1}{name}" for name in ("core", "oas30", "geojson", "html")),
    f"{FEATURES_2}crs",
]

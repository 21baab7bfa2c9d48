"""Part 4 of OGC API Features: planners change features from programs such as QGIS; see docs/howto/ogc-editing.md."""

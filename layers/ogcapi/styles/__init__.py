"""OGC API Styles: every look of every collection, as MapLibre style and SLD."""

"""OGC API at `/ogc/`: everything on the map for the programs of others, as in docs/howto/ogc-api.md."""

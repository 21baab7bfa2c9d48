"""OGC API Features, asked over HTTP."""

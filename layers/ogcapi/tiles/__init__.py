"""OGC API Tiles: vector tiles of every collection, in the matrix of web maps."""

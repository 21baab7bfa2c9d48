"""OGC API Maps: pictures of the collections, drawn as vectors and shown as PNG."""

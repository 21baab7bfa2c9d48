"""What somebody wants features to be: read at the edge, then compared with what the layer holds and its rules."""

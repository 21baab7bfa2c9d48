"""What is in a DXF drawing, as shapely geometries in world coordinates."""

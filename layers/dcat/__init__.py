"""The public layers as a DCAT-AP catalogue, which data portals harvest."""

"""Files of municipalities become layers, registers and cases."""

import os

# GDAL is loaded after this, whoever needs it first, and then has no driver that opens what a file names: other files,
# addresses, databases, shared libraries.
os.environ.setdefault(
    "OGR_SKIP",
    "OGR_VRT,WFS,HTTP,ADBC,GDALG,GPSBabel,CSW,OAPIF,OGCAPI,EEDA,NGW,Carto,AmigoCloud,PLSCENES,Elasticsearch",
)

"""The one way GDAL is asked here: without drivers that fetch from elsewhere, its errors told as our refusals."""

import os
import warnings
from collections.abc import Callable
from typing import Any

# Drivers that open what a file names: other files, addresses, databases, shared libraries.
FOLLOWING_DRIVERS = (
    "OGR_VRT,WFS,HTTP,ADBC,GDALG,GPSBabel,CSW,OAPIF,OGCAPI,EEDA,NGW,Carto,AmigoCloud,PLSCENES,Elasticsearch"
)
_before = os.environ.get("OGR_SKIP")
os.environ["OGR_SKIP"] = FOLLOWING_DRIVERS
import pyogrio  # noqa: E402 (it registers its drivers while it is imported)
import pyogrio.errors  # noqa: E402

if _before is None:
    del os.environ["OGR_SKIP"]
else:
    os.environ["OGR_SKIP"] = _before

from importers.errors import ImportRefused  # noqa: E402

__all__ = ["asked", "pyogrio"]

GDAL_FAILS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.CRSError,
)

pyogrio.set_gdal_config_options(
    {
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_MAX_RETRY": 0,
        # Text without a schema stays text: 007 is no number.
        "GML_FIELDTYPES": "ALWAYS_STRING",
        "GML_SKIP_RESOLVE_ELEMS": "ALL",
        # A view or a generated column may call no function that reaches beyond its database.
        "OGR_SQLITE_PRAGMA": "trusted_schema=OFF",
        "OGR_SQLITE_STATIC_VIRTUAL_OGR": False,
        "SHAPE_RESTORE_SHX": False,
    }
)


def asked(question: Callable[..., Any], refusal: ImportRefused, *place: Any, **options: Any) -> Any:
    """What pyogrio answers; its errors become the refusal, its remarks on lost measures and the like are left."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return question(*place, **options)
    except GDAL_FAILS as error:
        raise refusal from error

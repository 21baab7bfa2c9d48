"""The one way GDAL is asked here: told to fetch nothing, its errors told as our refusals."""

import warnings
from collections.abc import Callable
from typing import Any

from importers.errors import ImportRefused
from importers.sources.stand_ins import only_seen

# It asks for these in its functions again; here none of them is called, and an import starts 0.3 s sooner.
with only_seen("geopandas", "pandas"):
    import pyogrio
    import pyogrio.errors

__all__ = ["GDAL_FAILS", "asked", "pyogrio"]

GDAL_FAILS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.CRSError,
    # Names or texts that are not UTF-8, lists of different lengths, kinds of values nobody knows.
    ValueError,
    NotImplementedError,
    # How pyogrio stumbles over a coordinate system that GDAL cannot write down.
    UnboundLocalError,
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

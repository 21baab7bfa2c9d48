"""The one way GDAL is asked here: told to fetch nothing, its errors told as our refusals."""

import warnings
from collections.abc import Callable
from typing import Any

import pyogrio
import pyogrio.errors

from importers.errors import ImportRefused

__all__ = ["GDAL_FAILS", "asked", "pyogrio"]

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

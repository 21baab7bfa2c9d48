"""Check that GDAL loads and that DATABASE_URL leads to a PostGIS we can use; a refusal is one sentence.

With --create the database is made when it is missing (only done for the private cluster).
"""

import sys
import warnings
from typing import Any

import environ
import psycopg2
from django.core.exceptions import ImproperlyConfigured
from psycopg2 import errors, sql

OLDEST_POSTGRES = 14
OLDEST_POSTGIS = (3, 1)
EXAMPLE = "postgis://user:password@host:5432/name"


def database() -> dict[str, Any]:
    """Return DATABASE_URL as Django's dictionary, or stop with a sentence."""
    with warnings.catch_warnings():
        # An unknown scheme gets our sentence below instead.
        warnings.simplefilter("ignore")
        try:
            config: dict[str, Any] = environ.Env().db("DATABASE_URL")
        except ValueError as error:
            sys.exit(f"DATABASE_URL cannot be read ({error}): write it like {EXAMPLE}.")
    if config.get("ENGINE") != "django.contrib.gis.db.backends.postgis":
        sys.exit(f"DATABASE_URL must begin with postgis://, like {EXAMPLE}.")
    if not config.get("NAME"):
        sys.exit(f"DATABASE_URL names no database: end it with one, like {EXAMPLE}.")
    return config


def connect(config: dict[str, Any], name: str | None = None) -> Any:
    return psycopg2.connect(
        dbname=name or config["NAME"],
        user=config.get("USER") or None,
        password=config.get("PASSWORD") or None,
        host=config.get("HOST") or None,
        port=config.get("PORT") or None,
        connect_timeout=10,
    )


def where(config: dict[str, Any]) -> str:
    """Say where the database is, without its password."""
    host = config.get("HOST") or "the local socket"
    return f"{config['NAME']} on {host}" + (f", port {config['PORT']}" if config.get("PORT") else "")


def unreachable(config: dict[str, Any], reason: str) -> str:
    if f'database "{config["NAME"]}" does not exist' in reason:
        return f"There is no database {where(config)}: make it with createdb, or correct DATABASE_URL."
    return (
        f"Cannot reach the database {where(config)}: {reason} — start it or correct DATABASE_URL; "
        "without DATABASE_URL a private one is made."
    )


def create(config: dict[str, Any]) -> None:
    connection = connect(config, name="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [config["NAME"]])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(config["NAME"])))
    connection.close()


def check_postgis(connection: Any, config: dict[str, Any]) -> None:
    if connection.server_version < OLDEST_POSTGRES * 10_000:
        sys.exit(
            f"The database {where(config)} is PostgreSQL {connection.server_version // 10_000}: "
            f"version {OLDEST_POSTGRES} or newer is needed."
        )
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        except errors.InsufficientPrivilege:
            sys.exit(
                f"PostGIS is not switched on in {where(config)} and its user may not do it: "
                "run “CREATE EXTENSION postgis” there as a superuser."
            )
        except (errors.UndefinedFile, errors.FeatureNotSupported):
            sys.exit(f"PostGIS is not installed on the server of {where(config)}: install its package there.")
        cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")
        version = str(cursor.fetchone()[0])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_POSTGIS:
        oldest = ".".join(map(str, OLDEST_POSTGIS))
        sys.exit(f"The database {where(config)} has PostGIS {version}: version {oldest} or newer is needed.")
    connection.commit()


def check_libraries() -> None:
    try:
        from django.contrib.gis import gdal, geos

        gdal.gdal_version(), geos.geos_version()
    except (ImproperlyConfigured, ImportError, OSError) as error:
        first = str(error).splitlines()[0]
        sys.exit(
            f"The GDAL or GEOS library cannot be loaded ({first}): "
            "install the packages gdal-bin and libgeos-c1v5."
        )


def main() -> None:
    check_libraries()
    config = database()
    try:
        if "--create" in sys.argv[1:]:
            create(config)
        connection = connect(config)
    except psycopg2.OperationalError as error:
        sys.exit(unreachable(config, " ".join(str(error).split())))
    check_postgis(connection, config)
    connection.close()


if __name__ == "__main__":
    main()

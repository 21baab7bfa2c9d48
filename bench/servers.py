"""Servers started for a measurement: ours, its peers, and nginx; on loopback, ended by their process ids."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

WORKERS = "2"
PEERS = Path(settings.VAR_DIR) / "apart" / "peers" / "bin"
DEADLINE_SECONDS = 60
NGINX = """
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /tiles/ {{
      root {root};
      gzip_static always;
      gunzip on;
      types {{ application/vnd.mapbox-vector-tile mvt; }}
    }}
  }}
}}
"""


def database() -> dict[str, str]:
    """How to reach the database of the measurement."""
    held: dict[str, Any] = connection.settings_dict
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "name": "NAME"}
    return {name: str(held[key]) for name, key in names.items()}


def database_url(scheme: str) -> str:
    found = database()
    there = f"{found['host']}:{found['port']}/{found['name']}"
    return f"{scheme}://{found['user']}:{found['password']}@{there}"


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    """The portal as script/server runs it; what it keeps goes below `folder`. Gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "gisportal.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", WORKERS, "--threads", "8", "--preload"]
    command += ["--limit-request-line", "8190", "--no-control-socket", "--worker-tmp-dir", str(folder)]
    environment = {"DATABASE_URL": database_url("postgis"), "GISPORTAL_VAR": str(folder)}
    with _running(command, environment, f"http://127.0.0.1:{port}", "/healthz/") as address:
        yield address


@contextmanager
def tipg() -> Iterator[str]:
    port = free_port()
    command = [str(PEERS / "python"), "-m", "uvicorn", "tipg.main:app", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", WORKERS, "--log-level", "warning"]
    environment = {
        "DATABASE_URL": database_url("postgresql"),
        "TIPG_DB_TABLES": '["public.bench_parcels", "public.bench_parcels_web"]',
        "TIPG_MAX_FEATURES_PER_TILE": "100000",
    }
    with _running(command, environment, f"http://127.0.0.1:{port}", "/conformance") as address:
        yield address


@contextmanager
def pygeoapi(folder: Path) -> Iterator[str]:
    """Serves the collection `parcels` from bench_parcels."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    config, document = folder / "pygeoapi.json", folder / "openapi.yml"
    config.write_text(_pygeoapi_config(address), encoding="utf-8")
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(document)}
    generate = [str(PEERS / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(document)]
    subprocess.run(generate, env={**os.environ, **environment}, check=True, capture_output=True)
    command = [str(PEERS / "python"), "-m", "gunicorn", "pygeoapi.flask_app:APP"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", WORKERS, "--worker-class", "gthread"]
    command += ["--threads", "8"]
    with _running(command, environment, address, "/conformance?f=json"):
        yield address


@contextmanager
def nginx(root: Path, folder: Path) -> Iterator[str]:
    """Serves `root`/tiles/ as deploy/nginx.conf does."""
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(workers=WORKERS, folder=folder, port=port, root=root), encoding="utf-8")
    for path in (root, folder):
        path.chmod(0o755)
    with _running(["nginx", "-c", str(config)], {}, f"http://127.0.0.1:{port}", "/") as address:
        yield address


def _pygeoapi_config(address: str) -> str:
    """JSON is YAML too."""
    words = {"en": "parcels"}
    found = database()
    data = {"host": found["host"], "port": int(found["port"]), "dbname": found["name"]}
    data |= {"user": found["user"], "password": found["password"], "search_path": ["public"]}
    provider: dict[str, Any] = {"type": "feature", "name": "PostgreSQL", "data": data, "id_field": "id"}
    provider |= {"table": "bench_parcels", "geom_field": "geom"}
    provider |= {"storage_crs": f"http://www.opengis.net/def/crs/EPSG/0/{settings.STORAGE_SRID}"}
    provider |= {"crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]}
    extent = {"spatial": {"bbox": [19, 34, 29, 42], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    collection: dict[str, Any] = {
        "type": "collection",
        "title": words,
        "description": words,
        "keywords": {"en": ["parcels"]},
    }
    collection |= {"extents": extent, "links": [], "providers": [provider]}
    server: dict[str, Any] = {
        "bind": {"host": "127.0.0.1", "port": int(address.rsplit(":", 1)[1])},
        "url": address,
    }
    server |= {"mimetype": "application/json", "encoding": "utf-8", "languages": ["en"], "gzip": False}
    server |= {"map": {"url": "", "attribution": ""}}
    server |= {"limits": {"default_items": 10, "max_items": 10_000, "on_exceed": "throttle"}}
    contact = {"name": "bench", "url": address, "email": "bench@example.org"}
    identification = {"title": words, "description": words, "keywords": {"en": ["bench"]}}
    identification |= {"keywords_type": "theme", "terms_of_service": address, "url": address}
    metadata = {"identification": identification, "license": {"name": "none", "url": address}}
    metadata |= {"provider": contact, "contact": contact}
    config = {"server": server, "logging": {"level": "ERROR"}, "metadata": metadata}
    return json.dumps(config | {"resources": {"parcels": collection}})


@contextmanager
def _running(command: list[str], environment: dict[str, str], address: str, path: str) -> Iterator[str]:
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(child, address + path)
        yield address
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(child: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        if child.poll() is not None:
            raise RuntimeError(f"{child.args!r} ended with {child.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{child.args!r} did not answer at {address}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

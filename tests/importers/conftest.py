"""Fixtures of the import tests."""

from tests.importers.web_server import web

__all__ = ["web"]

"""Sending the report form as a browser does."""

import uuid
from typing import Any

from django.test import Client

from core.geo import to_lonlat
from tests.factories import at

REPORT = "/report/"
KEY = uuid.UUID(int=7)


def pin(x: float = 5000, y: float = 7500) -> dict[str, str]:
    place = to_lonlat(at(x, y))
    return {"lon": f"{place.x:.7f}", "lat": f"{place.y:.7f}"}


def pothole(**more: Any) -> dict[str, Any]:
    return {**pin(), "category": "pothole", "submission_key": str(KEY), "go": "submit", **more}


def send(client: Client, **more: Any) -> Any:
    return client.post(REPORT, pothole(**more))


def shown_step(response: Any) -> str:
    return str(response.context["step"])

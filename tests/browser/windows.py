"""How Chromium is started, the two sizes of window, and what a person brings along."""

import shutil
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accounts.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
# WebGL is drawn by the processor: machines that test have no graphics card.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


def window(*, phone: bool, language: str) -> dict[str, Any]:
    """Options of a browser context for a person with this device and language."""
    return {
        **(PHONE if phone else DESKTOP),
        "locale": "el-GR" if language == "el" else "en-GB",
        "timezone_id": settings.TIME_ZONE,
        "reduced_motion": "reduce",
        "permissions": ["geolocation"],
    }


def cookies(address: str, language: str, person: User | None) -> list[Any]:
    """The chosen language, and the session of somebody who is signed in."""
    values = {settings.LANGUAGE_COOKIE_NAME: language}
    if person is not None:
        client = Client()
        client.force_login(person)
        session = client.session
        assert isinstance(session, SessionStore)
        values[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return [{"name": name, "value": value, "url": address} for name, value in values.items()]

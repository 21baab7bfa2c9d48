"""How often one connection may do a thing in an hour, without keeping its address."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.errors import TooManyRequests

HOUR = 3600


def check_rate(request: HttpRequest, name: str, per_hour: int) -> None:
    """Count one more `name` for this connection; raises TooManyRequests beyond `per_hour` in a clock hour.

    Only a keyed hash of the address and the hour is kept, for an hour. Two requests at the same instant may count
    as one: the limit keeps floods out, it is no lock.
    """
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"rate:{salted_hmac('core.limits', f'{name}:{hour}:{_connection(request)}').hexdigest()}"
    count = int(cache.get(key, 0)) + 1
    if count > per_hour:
        raise TooManyRequests()
    cache.set(key, count, HOUR)


def _connection(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the network, for a device changes the rest at will."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = forwarded.rsplit(",", 1)[-1].strip() or address
    return ":".join(address.split(":")[:4]) if ":" in address else address

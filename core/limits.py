"""How often one connection may do a thing in an hour, without keeping its address."""

from ipaddress import ip_address

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
    refuse_beyond(request, name, per_hour)
    count_one(request, name)


def refuse_beyond(request: HttpRequest, name: str, per_hour: int, subject: str = "") -> None:
    """TooManyRequests when `per_hour` of `name` were counted in this hour, for the connection or another subject."""
    if int(cache.get(_key(request, name, subject), 0)) >= per_hour:
        raise TooManyRequests()


def count_one(request: HttpRequest, name: str, subject: str = "") -> None:
    key = _key(request, name, subject)
    cache.set(key, int(cache.get(key, 0)) + 1, HOUR)


def _key(request: HttpRequest, name: str, subject: str) -> str:
    hour = int(timezone.now().timestamp()) // HOUR
    who = f"subject:{subject}" if subject else _connection(request)
    return f"rate:{salted_hmac('core.limits', f'{name}:{hour}:{who}').hexdigest()}"


def _connection(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the network, for a device changes the rest at will."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = forwarded.rsplit(",", 1)[-1].strip() or address
    try:
        known = ip_address(address)
    except ValueError:
        return address
    # Cut as a number: in the short form a zero anywhere shifts the parts of the text.
    return str(known if known.version == 4 else known.ipv4_mapped or int(known) >> 64)

"""Connections to public addresses only: a name is looked up once, and the number that was checked is the one called."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from typing import Any
from urllib.parse import SplitResult

from django.conf import settings

from importers.feeds.errors import NoAnswer, PrivateAddress

SECONDS_TO_ANSWER = 30.0
#: NAT64: the last 32 bits are the address that is really called.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


def connection_to(address: SplitResult) -> http.client.HTTPConnection:
    """A connection, open, to the host of an http or https address. Raises PrivateAddress, NoAnswer."""
    host = address.hostname or ""
    is_secure = address.scheme == "https"
    port = address.port or (443 if is_secure else 80)
    plain = _connected(host, port)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)
    try:
        if is_secure:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError) as error:
        plain.close()
        raise NoAnswer(host=host, reason=str(error)) from error
    connection.sock = plain
    return connection


def is_public(ip: Ip) -> bool:
    """May everybody call it? Addresses that only wrap another are judged by that."""
    inner = _wrapped(ip)
    if inner is not None:
        return is_public(inner)
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: Ip) -> Ip | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in TRANSLATED else None


def _connected(host: str, port: int) -> socket.socket:
    """The first of its numbers that answers; all of them must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(host=host, reason=str(error)) from error
    if not settings.IMPORT_FEED_PRIVATE:
        for *_kind, where in found:
            if not is_public(ipaddress.ip_address(str(where[0]).partition("%")[0])):
                raise PrivateAddress(host=host)
    return _first_answer(host, found)


def _first_answer(host: str, found: Sequence[tuple[Any, ...]]) -> socket.socket:
    reason = ""
    for family, kind, protocol, _name, where in found:
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(SECONDS_TO_ANSWER)
        try:
            plain.connect(where)
        except OSError as error:
            plain.close()
            reason = str(error)
        else:
            return plain
    raise NoAnswer(host=host, reason=reason)

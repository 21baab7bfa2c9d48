"""TCP ports: `find [WANTED]` prints a free one on 127.0.0.1, `check HOST PORT` refuses a taken one."""

import errno
import socket
import sys
from collections.abc import Iterator

FIRST, LAST = 54320, 55319


def listening_error(host: str, port: int) -> OSError | None:
    """Try to listen there; the error says why a server could not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


def candidates(wanted: str) -> Iterator[int]:
    if wanted.isdigit():
        yield int(wanted)
    yield from range(FIRST, LAST + 1)


def find(wanted: str) -> None:
    free = (port for port in candidates(wanted) if listening_error("127.0.0.1", port) is None)
    port = next(free, None)
    if port is None:
        sys.exit(f"No port between {FIRST} and {LAST} is free on 127.0.0.1: stop a program that uses one.")
    print(port)


def check(host: str, port: int) -> None:
    error = listening_error(host, port)
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        sys.exit(
            f"Port {port} on {host} is used by another program: stop it, "
            f"or choose another port, for example PORT={other} script/server."
        )
    if error.errno == errno.EACCES:
        sys.exit(
            f"Only root may use port {port}: choose one above 1023, for example PORT=8000 script/server."
        )
    sys.exit(f"Cannot listen on {host} ({error.strerror}): set HOST to an address of this machine.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["find", *wanted]:
            find("".join(wanted))
        case ["check", host, port]:
            check(host, int(port))
        case _:
            sys.exit(__doc__)

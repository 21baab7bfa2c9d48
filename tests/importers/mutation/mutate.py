"""Break a file in one of the ways files break: flipped, cut, swapped, doubled, blanked, with absurd numbers."""

from collections.abc import Callable
from random import Random

Mutation = Callable[[bytearray, Random], bytearray]
NUMBERS = (b"0", b"-1", b"99999999999999999999", b"1e308", b"NaN", b"-0", b"2147483648", b"\xff\xff\xff\xff")
WORDS = (
    b"<!DOCTYPE a [",
    b"&a;",
    b"../../etc/passwd",
    b"\x00",
    b"'; --",
    b"{{",
    b"]]>",
    b'","',
    "Ά".encode(),
)


def mutated(data: bytes, random: Random) -> bytes:
    """One to four breaks; the file is never quite the same."""
    broken = bytearray(data)
    for _ in range(random.randint(1, 4)):
        broken = random.choice(MUTATIONS)(broken, random)
    return bytes(broken) if broken != data else bytes(broken[:-1])


def flip_bytes(data: bytearray, random: Random) -> bytearray:
    for _ in range(random.choice((1, 2, 8, 64))):
        if data:
            data[random.randrange(len(data))] = random.randrange(256)
    return data


def flip_head(data: bytearray, random: Random) -> bytearray:
    """Headers say how much there is: the most dangerous bytes."""
    for _ in range(random.randint(1, 4)):
        if data:
            data[random.randrange(min(len(data), 200))] = random.choice((0, 1, 0x7F, 0x80, 0xFF))
    return data


def cut_end(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data) + 1)]


def cut_middle(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def swap(data: bytearray, random: Random) -> bytearray:
    (a, b), (c, d) = sorted((_span(data, random), _span(data, random)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def double(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    return data[:end] + data[start:end] + data[end:]


def blank(data: bytearray, random: Random) -> bytearray:
    start, end = _span(data, random)
    return data[:start] + bytes(end - start) + data[end:]


def put_word(data: bytearray, random: Random) -> bytearray:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(NUMBERS + WORDS) + data[at:]


def number_for_number(data: bytearray, random: Random) -> bytearray:
    """Another number where the text has one."""
    digits = [at for at, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    if not digits:
        return put_word(data, random)
    at = random.choice(digits)
    return data[:at] + random.choice(NUMBERS) + data[at + 1 :]


def _span(data: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 4, 16, 64, 512)))


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes,
    flip_bytes,
    flip_head,
    flip_head,
    cut_end,
    cut_middle,
    swap,
    double,
    blank,
    put_word,
    number_for_number,
)

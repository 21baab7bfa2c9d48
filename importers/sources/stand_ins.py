"""Libraries that another one loads only to see whether they are there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from types import ModuleType


@contextmanager
def only_seen(*names: str) -> Iterator[None]:
    """While this holds, importing one of these gives an empty module with its version; afterwards the real one. Those
    that are loaded already, or not installed, are left alone."""
    stand_ins = {name: _stand_in(name) for name in names if name not in sys.modules and _is_installed(name)}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__dict__["__version__"] = metadata.version(name)
    return module

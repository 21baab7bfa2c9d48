"""The access log of gunicorn, without the secrets in addresses: `--logger-class gisportal.access_log.Logger`."""

from typing import Any

from gunicorn.glogging import Logger as GunicornLogger  # type: ignore[import-untyped]

from core.log_privacy import masked


class Logger(GunicornLogger):  # type: ignore[misc]
    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What a log line may show: request line, path, query and referer are masked."""
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        return {name: masked(value) if isinstance(value, str) else value for name, value in atoms.items()}

"""What every demo asset has, whatever its kind; each kind grows in a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class AssetDraft:
    """An asset before the database: `kind`, `owner` and `feeds_from` are slugs and codes; `shape` in EPSG:2100."""

    kind: str
    code: str
    shape: BaseGeometry
    properties: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    feeds_from: tuple[str, str] | None = None
    installed_on: date | None = None
    state: str = "active"
    condition: int | None = None

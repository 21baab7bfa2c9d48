"""What somebody wants one feature to be, and what is to be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shapely.geometry.base import BaseGeometry

from layers.editing.errors import BadBody
from layers.editing.shapes import read_shape
from layers.ogcapi.systems import Crs


class Act(StrEnum):
    CREATE = "create"
    REPLACE = "replace"
    UPDATE = "update"
    END = "end"


@dataclass(frozen=True)
class Draft:
    """`shape` is in the storage CRS, two dimensions; where not `has_shape` the shape stays as it is. `key` is the
    GeoJSON id, blank where none was given."""

    properties: Mapping[str, Any] = field(default_factory=dict)
    shape: BaseGeometry | None = None
    has_shape: bool = False
    key: str = ""


@dataclass(frozen=True)
class Edit:
    """`tags` are those of the states for which this was meant (see `tags`); None: for whatever is there."""

    act: Act
    key: str = ""
    draft: Draft = field(default_factory=Draft)
    tags: tuple[str, ...] | None = None


def read_feature(given: Any, crs: Crs) -> Draft:
    """A whole GeoJSON feature, its coordinates in `crs`. Raises BadBody, BadShape, TooManyCorners."""
    told = _object(given)
    if told.get("type") != "Feature":
        raise BadBody(why=_told("type", "Feature"))
    _refuse_other_system(told)
    if "geometry" not in told or "properties" not in told:
        raise BadBody(why=_told("geometry", "properties"))
    return Draft(_properties(told), read_shape(told["geometry"], crs), True, _id(told))


def read_patch(given: Any, crs: Crs) -> Draft:
    """A JSON merge patch of a GeoJSON feature. Raises as `read_feature`."""
    told = _object(given)
    if told.get("type", "Feature") != "Feature":
        raise BadBody(why=_told("type", "Feature"))
    _refuse_other_system(told)
    has_shape = "geometry" in told
    shape = read_shape(told["geometry"], crs) if has_shape else None
    return Draft(_properties(told), shape, has_shape, _id(told))


def _object(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise BadBody(why="{…}")
    return given


def _properties(told: dict[str, Any]) -> dict[str, Any]:
    properties = told.get("properties")
    if properties is None:
        return {}
    if not isinstance(properties, dict):
        raise BadBody(why=_told("properties", "{…}"))
    return properties


def _refuse_other_system(told: dict[str, Any]) -> None:
    """Old GeoJSON named its system inside, newer GeoJSON has none: here the header Content-Crs says it."""
    geometry = told.get("geometry")
    inside = geometry if isinstance(geometry, dict) else {}
    if "crs" in told or "coordRefSys" in told or "crs" in inside or "coordRefSys" in inside:
        raise BadBody(why="crs → Content-Crs")


def _id(told: dict[str, Any]) -> str:
    given = told.get("id")
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise BadBody(why=_told("id", "…"))
    return str(given)


def _told(name: str, wanted: str) -> str:
    return f"“{name}”: {wanted}"

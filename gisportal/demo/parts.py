"""What each layer of the demo tells about a plot: its part, the roles of its fields, and how exact it is."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PartRow:
    """`part` and `roles` (field → role) are those of planning/parcel/parts.py; `accuracy_metres` of a corner, `scale` of
    the sheet that it was drawn on."""

    part: str = ""
    roles: dict[str, str] = field(default_factory=dict)
    accuracy_metres: float | None = None
    scale: int | None = None


NO_PART = PartRow()
PLAN_ROLES = {"name": "name", "plan": "plan", "gazette": "gazette", "in_force": "in_force"}
PARTS: dict[str, PartRow] = {
    "parcels": PartRow("plot", {"block": "block", "title_m2": "declared_area_m2", "address": "address"}, 0.2, 1000),
    "zones": PartRow("zone", {**PLAN_ROLES, "land_use": "land_use", "far": "floor_area_ratio", "coverage": "coverage", "height_m": "max_height_m",
                              "least_plot_m2": "least_plot_m2", "least_front_m": "least_front_m", "front_yard_m": "front_yard_m", "side_yard_m": "side_yard_m",
                              "system": "building_system", "decree": "decree"}, None, 5000),
    "blocks": PartRow("block", {"number": "number"}, 0.5, 1000),
    "plan-limit": PartRow("plan-limit", {"name": "name"}, None, 5000),
    "building-lines": PartRow("building-line", PLAN_ROLES, None, 1000),
    "reservations": PartRow("reservation", {**PLAN_ROLES, "kind": "kind", "state": "state"}, None, 1000),
    "flood-zones": PartRow("protection", {"name": "name", "period": "period"}, 5.0),
    "heritage": PartRow("protection", {"name": "name", "gazette": "gazette"}, None, 5000),
    "municipal-property": PartRow("property", {"kind": "kind", "state": "status"}, 0.2, 1000),
    "buildings": PartRow("building", {"floors": "floors"}, 0.5, 1000),
    "roads": PartRow("network", {"name": "name", "kind": "kind"}, 1.0),
    "railway": PartRow("network", {"name": "name"}, 2.0),
    "garbage-routes": PartRow("none"),
}  # fmt: skip

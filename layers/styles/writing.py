"""A look as the JSON that LayerStyle.spec keeps; what is as usual is left out."""

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from layers.styles.spec import Spec


def as_json(spec: Spec) -> dict[str, Any]:
    if spec.kind == "maplibre":
        return {"kind": spec.kind, "fragments": list(spec.fragments), "legend": list(spec.legend)}
    return {"kind": spec.kind, **_plain(spec)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(given)
            for field in fields(value)
            if (given := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    return [_plain(one) for one in value] if isinstance(value, tuple) else value

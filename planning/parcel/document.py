"""The answer for a plot as JSON: the same figures as on the page, unrounded; m² and metres in the storage CRS."""

from typing import Any

from django.conf import settings

from planning.parcel.answer import Answer
from planning.parcel.overlaps import Piece
from planning.parcel.page import exactness_of, permalink_of
from planning.parcel.parts import ROLES, Kind
from planning.parcel.reckoning import Built, Reckoning

TOLD = (
    *(Kind.ZONE, Kind.RESERVATION, Kind.PROTECTION, Kind.PLAN_LIMIT, Kind.BLOCK, Kind.STREET_LINE),
    *(Kind.BUILDING_LINE, Kind.BUILDING, Kind.PROPERTY, Kind.ASSET, Kind.ISSUE, Kind.AREA),
)


def document_of(answer: Answer) -> dict[str, Any]:
    plot = answer.plot
    return {
        "plot": {
            "layer": plot.part.source.slug,
            "key": plot.key,
            "name": plot.name,
            "properties": plot.facts,
            "area_m2": plot.area_m2,
            "area_uncertain_m2": answer.reckoning.area_uncertain_m2,
            "declared_m2": plot.declared_m2,
            "pieces": plot.pieces,
        },
        "asked": answer.moments.asked,
        "made_at": answer.made_at.isoformat(),
        "crs": f"http://www.opengis.net/def/crs/EPSG/0/{settings.STORAGE_SRID}",
        "permalink": permalink_of(answer),
        "plan_limit": answer.inside.value,
        "on_the_plot": {
            kind.value: [piece_json(p, answer) for p in answer.overlaps.of(kind)] for kind in TOLD
        },
        "zones_at_other_times": [piece_json(piece, answer) for piece in answer.zones_before],
        "buildable": reckoning_json(answer.reckoning),
        "gazettes": [
            {"number": one.number, "in_force": one.in_force, "plan": one.plan, "gave": one.gave}
            for one in answer.gazettes
        ],
        "nearest": [
            {"layer": near.part.source.slug, "key": near.key, "metres": near.metres} for near in answer.near
        ],
        "ground": ground_json(answer),
        "history": [state_json(state) for state in answer.history],
        "nothing_known_of": [part.source.slug for part in answer.overlaps.silent],
        "accuracy": [
            {"layer": title, "metres": own, "against_the_plot_metres": apart}
            for title, own, apart in exactness_of(answer)
        ],
    }


def piece_json(piece: Piece, answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"layer": piece.part.source.slug, "key": piece.key, "name": piece.name}
    if piece.area_m2:
        told |= {
            "area_m2": piece.area_m2,
            "share": piece.share_of(answer.plot),
            "uncertain_m2": piece.uncertain_m2,
            "may_be_artefact": piece.may_be_artefact,
        }
    if piece.length_metres and not piece.area_m2:
        told["length_metres"] = piece.length_metres
    roles = {role: piece.told(role) for role in ROLES if piece.told(role) is not None}
    held = piece.valid
    valid = [_moment(held.lower), _moment(held.upper)] if held is not None else None
    return {**told, "valid": valid, "roles": roles, "properties": piece.facts}


def reckoning_json(reckoning: Reckoning) -> dict[str, Any]:
    least = reckoning.least
    return {
        "minimum_plot": {"needed_m2": least.needed, "zone": least.name, "is_met": least.verdict.value}
        if least
        else None,
        "floors": built_json(reckoning.floors),
        "ground": built_json(reckoning.ground),
        "highest_metres": reckoning.highest_m,
        "reserved_m2": reckoning.reserved_m2,
        "untold_m2": reckoning.untold_m2,
        "doubled_m2": reckoning.doubled_m2,
    }


def built_json(built: Built | None) -> dict[str, float] | None:
    if built is None:
        return None
    return {"weighted_m2": built.weighted, "worst_case_m2": built.worst, "lowest_figure": built.lowest}


def ground_json(answer: Answer) -> dict[str, Any] | None:
    ground = answer.ground
    if ground is None:
        return None
    return {
        "raster": ground.raster.slug,
        "elevation_metres": {"min": ground.lowest, "mean": ground.mean, "max": ground.highest},
        "slope_percent": {"mean": ground.mean_slope, "max": ground.steepest},
        "cells": ground.cells,
        "cell_metres": ground.cell_metres,
    }


def state_json(state: Any) -> dict[str, Any]:
    told = {
        "valid": [_moment(state.valid.lower), _moment(state.valid.upper)],
        "recorded_at": _moment(state.recorded_at),
        "area_m2": state.area_m2,
        "is_shown": state.is_shown,
        "is_redrawn": state.is_redrawn,
        "changed": list(state.changes),
        "reason": state.reason,
    }
    return {**told, "who": state.who} if state.who else told


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None

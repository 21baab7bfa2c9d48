"""SLD says the same look, and QGIS reads it so."""

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from layers.exports.fields import Kind
from layers.styles.hatch import Hatch
from layers.styles.rules import Test, expression_of, not_true, test_of
from layers.styles.sld import OGC, SLD, sld_of
from layers.styles.spec import Case, Labels, Spec, Symbol

Test.__test__ = False  # type: ignore[attr-defined]
test_of.__test__ = False  # type: ignore[attr-defined]
QGIS = Path(__file__).with_name("qgis_says.py")
SYSTEM_PYTHON = "/usr/bin/python3"
KINDS = {"use": Kind.TEXT, "far": Kind.NUMBER}
PLAIN = Symbol("#ff0000", 1.0)
HATCHED = Symbol(
    "#00ff00", 1.0, outline="#112233", outline_width=2, dash=(3, 1), hatch=Hatch("cross", "#0000ff", 10, 2)
)
BY_USE = Spec(
    "category",
    field="use",
    cases=(Case(PLAIN, value="κατοικία & <γραφεία>", label="Κατοικία"), Case(HATCHED, value="it's")),
    other=Case(Symbol("#808080", 1.0)),
    labels=Labels("{use}: {far}"),
    min_zoom=10,
)
BY_FAR = Spec(
    "class",
    field="far",
    breaks=(0.5, 1.0),
    cases=tuple(Case(Symbol(color, 1.0)) for color in ("#ff0000", "#00ff00", "#0000ff")),
    other=Case(Symbol("#808080", 1.0)),
)
BY_RULE = Spec(
    "rule",
    cases=(
        Case(Symbol("#ff0000", 1.0), condition="far > 0.8 AND use LIKE 'κατ%'"),
        Case(Symbol("#00ff00", 1.0), condition="NOT (far > 0.8) OR use IN ('α', 'β')", max_zoom=18),
    ),
    other=Case(Symbol("#808080", 1.0)),
)
ORDER = [
    "Name",
    "Title",
    "Filter",
    "MinScaleDenominator",
    "MaxScaleDenominator",
    "PolygonSymbolizer",
    "TextSymbolizer",
]


def sld(spec: Spec, geometry: str = "polygon") -> bytes:
    return sld_of(spec, name="zones", title="Ζώνες", geometry_kind=geometry, kinds=KINDS, latitude=38.3)


def rules(spec: Spec, geometry: str = "polygon") -> list[ET.Element]:
    return ET.fromstring(sld(spec, geometry)).findall(f".//{{{SLD}}}Rule")


@pytest.mark.parametrize("spec", [BY_USE, BY_FAR, BY_RULE])
def test_parts_stand_in_the_order_of_the_schema(spec: Spec) -> None:
    for rule in rules(spec):
        names = [child.tag.rpartition("}")[2] for child in rule]
        assert names == sorted(names, key=ORDER.index)


def test_texts_are_only_text() -> None:
    first = rules(BY_USE)[0].find(f".//{{{OGC}}}Literal")
    assert first is not None
    assert first.text == "κατοικία & <γραφεία>"


def test_scales_turn_zooms_around() -> None:
    rule = rules(BY_USE)[0]
    largest = rule.findtext(f"{{{SLD}}}MaxScaleDenominator")
    assert float(largest or 0) == pytest.approx(214_000, rel=0.01)
    assert rule.find(f"{{{SLD}}}MinScaleDenominator") is None
    assert rules(BY_RULE)[1].findtext(f"{{{SLD}}}MinScaleDenominator") == "837"


def test_lines_and_points() -> None:
    (line,) = rules(Spec("single", cases=(Case(Symbol("#123456", 0.5, size=3, dash=(2, 1))),)), "line")
    told = {one.get("name"): one.text for one in line.iter(f"{{{SLD}}}CssParameter")}
    assert told == {
        "stroke": "#123456",
        "stroke-width": "3",
        "stroke-dasharray": "6 3",
        "stroke-opacity": "0.5",
    }
    (point,) = rules(Spec("single", cases=(Case(Symbol(size=7)),)), "point")
    assert point.findtext(f".//{{{SLD}}}Size") == "14"


def holds(test: Test, **properties: Any) -> bool:
    from layers.styles.conditions import condition
    from layers.styles.expressions import Scene

    return condition(expression_of(test), "")(Scene(properties, "Polygon", 10))


CONDITIONS = [
    "far > 1",
    "NOT (far > 1)",
    "far > 1 AND use = 'a'",
    "far > 1 OR use = 'a'",
    "use IS NULL",
    "NOT (far > 1 AND NOT (use = 'a'))",
    "NOT (far > 1 OR NOT (use IS NULL))",
    "use IN ('a', 'b')",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_otherwise_is_all_that_does_not_hold(condition: str) -> None:
    test = test_of(condition, KINDS, "")
    for far in (None, 0.5, 2.0):
        for use in (None, "a", "c"):
            given = {name: value for name, value in (("far", far), ("use", use)) if value is not None}
            assert holds(test, **given) is not holds(not_true(test), **given), given


def qgis_says(spec: Spec, tmp_path: Path, *rows: list[Any]) -> dict[str, Any]:
    there = subprocess.run([SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    if there.returncode:
        pytest.skip("QGIS for Python (Debian: python3-qgis) is not installed.")
    path = tmp_path / "style.sld"
    path.write_bytes(sld(spec))
    asked = {
        "sld": str(path),
        "layer": "Polygon?crs=epsg:2100&field=use:string&field=far:double",
        "rows": rows,
    }
    done = subprocess.run(
        [SYSTEM_PYTHON, str(QGIS)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["worked"]
    return answer


def test_qgis_draws_categories(tmp_path: Path) -> None:
    spec = Spec(**{**vars(BY_USE), "labels": None, "min_zoom": 0.0})
    told = qgis_says(spec, tmp_path, ["κατοικία & <γραφεία>", 1], ["it's", 1], ["other", 1], [None, 1])
    assert told["drawn"] == ["#ff0000", "#00ff00", "#808080", "#808080"]


def test_qgis_draws_classes(tmp_path: Path) -> None:
    told = qgis_says(BY_FAR, tmp_path, ["", 0.49], ["", 0.5], ["", 1.0], ["", None])
    assert told["drawn"] == ["#ff0000", "#00ff00", "#0000ff", "#808080"]


def test_qgis_draws_rules(tmp_path: Path) -> None:
    spec = Spec(**{**vars(BY_RULE), "cases": (BY_RULE.cases[0],)})
    told = qgis_says(
        spec, tmp_path, ["κατοικία", 0.9], ["κατοικία", 0.8], ["άλλο", 0.9], [None, 0.9], ["κατ", None]
    )
    assert told["drawn"] == ["#ff0000", *["#808080"] * 4]


def test_qgis_knows_the_hatching_and_the_labels(tmp_path: Path) -> None:
    told = qgis_says(BY_USE, tmp_path)
    assert told["labels"]
    parts = dict(enumerate(told["rules"][1][2]))
    kinds = [name for name, _properties in parts.values()]
    assert kinds == [
        "QgsSimpleFillSymbolLayer",
        *["QgsLinePatternFillSymbolLayer"] * 2,
        "QgsSimpleLineSymbolLayer",
    ]
    for number, angle in ((1, "45"), (2, "-45")):
        properties = parts[number][1]
        assert (properties["angle"], properties["distance"], properties["distance_unit"]) == (
            angle,
            "10",
            "Pixel",
        )
        assert properties["color"].startswith("0,0,255")


@pytest.mark.parametrize("kind", ["diagonal", "back-diagonal", "horizontal", "vertical", "dots"])
def test_qgis_draws_every_kind_of_hatching(kind: str, tmp_path: Path) -> None:
    spec = Spec("single", cases=(Case(Symbol("#ffffff", 0, hatch=Hatch(kind, "#ff0000", 4, 2.5))),))
    told = qgis_says(spec, tmp_path, ["", 1])
    wanted = "QgsSimpleFillSymbolLayer" if kind == "dots" else "QgsLinePatternFillSymbolLayer"
    assert told["rules"][0][2][1][0] == wanted
    assert "255,0,0" in told["rules"][0][2][1][1]["color"]

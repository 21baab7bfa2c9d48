"""A look as SLD 1.0.0, in words that QGIS knows.

QGIS (3.22) takes hatching as the mark `horline`, turned by Rotation, with Size between the lines; it counts the width
of those lines in millimetres though everything else is in pixels. Dots are its brush `brush://dense6`. It takes an
ElseFilter for a rule that always holds, so what is drawn otherwise has a filter of its own.
"""

from xml.etree import ElementTree as ET

from layers.models import GeometryKind
from layers.styles.hatch import Hatch
from layers.styles.label_texts import parts_of
from layers.styles.rules import Kinds, Test, not_true, test_of
from layers.styles.scales import scale_at
from layers.styles.spec import DEEPEST_ZOOM, Case, Labels, Spec, Symbol

MEDIA_TYPE = "application/vnd.ogc.sld+xml;version=1.0"
SLD, OGC = "http://www.opengis.net/sld", "http://www.opengis.net/ogc"
MM_IN_PIXEL = 25.4 / 96
#: By kind: how its lines are turned, against the clock.
TURNS = {
    "diagonal": (45,),
    "back-diagonal": (-45,),
    "cross": (45, -45),
    "horizontal": (180,),
    "vertical": (90,),
}
OPERATORS = {
    "=": "PropertyIsEqualTo",
    "<>": "PropertyIsNotEqualTo",
    "<": "PropertyIsLessThan",
    "<=": "PropertyIsLessThanOrEqualTo",
    ">": "PropertyIsGreaterThan",
    ">=": "PropertyIsGreaterThanOrEqualTo",
}
ET.register_namespace("", SLD)
ET.register_namespace("ogc", OGC)


def sld_of(spec: Spec, *, name: str, title: str, geometry_kind: str, kinds: Kinds, latitude: float) -> bytes:
    """A document with one style for the layer `name`; scales hold at `latitude`. The spec is none of the kind maplibre,
    which can say more than SLD."""
    root = ET.Element(_sld("StyledLayerDescriptor"), {"version": "1.0.0"})
    layer = _child(root, "NamedLayer")
    _text(layer, "Name", name)
    style = _child(layer, "UserStyle")
    _text(style, "Name", name)
    _text(style, "Title", title)
    rules = _child(style, "FeatureTypeStyle")
    for number, case in enumerate(spec.cases):
        rule = _rule(rules, _called(spec, number))
        _holds(rule, spec, number, kinds)
        _scales(rule, spec, case, latitude)
        _symbolizers(rule, case.symbol, geometry_kind)
    if spec.other:
        rule = _rule(rules, spec.other.label or "*")
        _condition(_child(rule, "Filter", OGC), _otherwise(spec, kinds))
        _scales(rule, spec, spec.other, latitude)
        _symbolizers(rule, spec.other.symbol, geometry_kind)
    if spec.labels:
        _label_rule(rules, spec, spec.labels, geometry_kind, latitude)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _sld(tag: str) -> str:
    return f"{{{SLD}}}{tag}"


def _child(parent: ET.Element, tag: str, space: str = SLD) -> ET.Element:
    return ET.SubElement(parent, f"{{{space}}}{tag}")


def _text(parent: ET.Element, tag: str, text: str, space: str = SLD) -> None:
    _child(parent, tag, space).text = "".join(
        letter for letter in text if letter >= " " or letter in "\t\n\r"
    )


def _css(parent: ET.Element, **values: str | float) -> None:
    for name, value in values.items():
        said = value if isinstance(value, str) else f"{value:.6g}"
        parameter = ET.SubElement(parent, _sld("CssParameter"), {"name": name.replace("_", "-")})
        parameter.text = said


def _called(spec: Spec, number: int) -> str:
    case = spec.cases[number]
    return case.label or case.value or case.condition or str(number + 1)


def _rule(rules: ET.Element, called: str) -> ET.Element:
    rule = _child(rules, "Rule")
    _text(rule, "Name", called)
    _text(rule, "Title", called)
    return rule


def _scales(rule: ET.Element, spec: Spec, case: Case, latitude: float, least: float = 0.0) -> None:
    """Zooms as denominators; the larger the zoom, the smaller those."""
    low, high = max(spec.min_zoom, case.min_zoom, least), min(spec.max_zoom, case.max_zoom)
    if high < DEEPEST_ZOOM:
        _text(rule, "MinScaleDenominator", f"{scale_at(high, latitude):.0f}")
    if low > 0:
        _text(rule, "MaxScaleDenominator", f"{scale_at(low, latitude):.0f}")


def _holds(rule: ET.Element, spec: Spec, number: int, kinds: Kinds) -> None:
    if spec.kind == "category":
        _condition(_child(rule, "Filter", OGC), Test("=", spec.field, (spec.cases[number].value,)))
    elif spec.kind == "class" and spec.breaks:
        bounds = [None, *spec.breaks, None]
        low, high = bounds[number], bounds[number + 1]
        tests = [Test(">=", spec.field, (low,))] if low is not None else []
        tests += [Test("<", spec.field, (high,))] if high is not None else []
        _condition(
            _child(rule, "Filter", OGC), tests[0] if len(tests) == 1 else Test("and", parts=tuple(tests))
        )
    elif spec.kind == "rule":
        test = test_of(spec.cases[number].condition, kinds, f"cases[{number}].condition")
        _condition(_child(rule, "Filter", OGC), test)


def _otherwise(spec: Spec, kinds: Kinds) -> Test:
    if spec.kind == "class":
        return Test("null", spec.field)
    if spec.kind == "category":
        return not_true(Test("in", spec.field, tuple(case.value for case in spec.cases)))
    tests = [test_of(case.condition, kinds, "cases") for case in spec.cases]
    return not_true(tests[0] if len(tests) == 1 else Test("or", parts=tuple(tests)))


def _condition(parent: ET.Element, test: Test) -> None:
    if test.name in ("and", "or", "not"):
        joined = _child(parent, test.name.capitalize(), OGC)
        for part in test.parts:
            _condition(joined, part)
    elif test.name == "in":
        equals = tuple(Test("=", test.field, (value,)) for value in test.values)
        _condition(parent, equals[0] if len(equals) == 1 else Test("or", parts=equals))
    elif test.name == "null":
        _text(_child(parent, "PropertyIsNull", OGC), "PropertyName", test.field, OGC)
    else:
        _compared(parent, test)


def _compared(parent: ET.Element, test: Test) -> None:
    tag = OPERATORS.get(test.name, "PropertyIsLike")
    element = _child(parent, tag, OGC)
    if tag == "PropertyIsLike":
        element.attrib.update({"wildCard": "%", "singleChar": "_", "escape": "\\"})
    _text(element, "PropertyName", test.field, OGC)
    _text(element, "Literal", _literal(test.values[0]), OGC)


def _literal(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:.15g}"


def _symbolizers(rule: ET.Element, symbol: Symbol, geometry_kind: str) -> None:
    if geometry_kind in (GeometryKind.POLYGON, GeometryKind.MIXED):
        _surface(rule, symbol)
    if geometry_kind in (GeometryKind.LINE, GeometryKind.MIXED):
        stroke = _child(_child(rule, "LineSymbolizer"), "Stroke")
        _stroke(stroke, symbol.color, symbol.size, symbol)
        _css(stroke, stroke_opacity=symbol.opacity)
    if geometry_kind in (GeometryKind.POINT, GeometryKind.MIXED):
        _point(rule, symbol)


def _surface(rule: ET.Element, symbol: Symbol) -> None:
    fill = _child(_child(rule, "PolygonSymbolizer"), "Fill")
    _css(fill, fill=symbol.color, fill_opacity=symbol.opacity)
    if symbol.hatch:
        _hatching(rule, symbol.hatch)
    if symbol.outline and symbol.outline_width > 0:
        stroke = _child(_child(rule, "PolygonSymbolizer"), "Stroke")
        _stroke(stroke, symbol.outline, symbol.outline_width, symbol)


def _hatching(rule: ET.Element, hatch: Hatch) -> None:
    for turn in TURNS.get(hatch.kind, (0,)):
        fill = _child(_child(rule, "PolygonSymbolizer"), "Fill")
        graphic = _child(_child(fill, "GraphicFill"), "Graphic")
        mark = _child(graphic, "Mark")
        if hatch.kind == "dots":
            _text(mark, "WellKnownName", "brush://dense6")
            _css(_child(mark, "Fill"), fill=hatch.color)
            continue
        _text(mark, "WellKnownName", "horline")
        _css(_child(mark, "Stroke"), stroke=hatch.color, stroke_width=hatch.width * MM_IN_PIXEL)
        _text(graphic, "Size", f"{hatch.spacing:g}")
        _text(graphic, "Rotation", str(turn))


def _stroke(stroke: ET.Element, color: str, width: float, symbol: Symbol) -> None:
    """Dashes are told in pixels here, in widths of the line there."""
    _css(stroke, stroke=color, stroke_width=width)
    if symbol.dash:
        _css(stroke, stroke_dasharray=" ".join(f"{part * width:g}" for part in symbol.dash))


def _point(rule: ET.Element, symbol: Symbol) -> None:
    graphic = _child(_child(rule, "PointSymbolizer"), "Graphic")
    mark = _child(graphic, "Mark")
    _text(mark, "WellKnownName", "circle")
    _css(_child(mark, "Fill"), fill=symbol.color, fill_opacity=symbol.opacity)
    if symbol.outline:
        _css(_child(mark, "Stroke"), stroke=symbol.outline, stroke_width=symbol.outline_width)
    _text(graphic, "Size", f"{symbol.size * 2:g}")


def _label_rule(rules: ET.Element, spec: Spec, labels: Labels, geometry_kind: str, latitude: float) -> None:
    rule = _child(rules, "Rule")
    _text(rule, "Name", "labels")
    _scales(rule, spec, Case(Symbol()), latitude, labels.min_zoom)
    symbolizer = _child(rule, "TextSymbolizer")
    label, last = _child(symbolizer, "Label"), None
    for part, is_field in parts_of(labels.text):
        if is_field:
            last = _child(label, "PropertyName", OGC)
            last.text = part
        elif last is None:
            label.text = (label.text or "") + part
        else:
            last.tail = part
    _css(_child(symbolizer, "Font"), font_family="Noto Sans", font_size=labels.size)
    if geometry_kind == GeometryKind.LINE:
        _child(_child(symbolizer, "LabelPlacement"), "LinePlacement")
    if labels.halo:
        halo = _child(symbolizer, "Halo")
        _text(halo, "Radius", "1.4")
        _css(_child(halo, "Fill"), fill=labels.halo)
    _css(_child(symbolizer, "Fill"), fill=labels.color)

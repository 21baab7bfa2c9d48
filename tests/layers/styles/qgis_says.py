# mypy: ignore-errors
# Run by the Python that has QGIS: reads an SLD for a layer of the geometry and fields given, and tells in JSON what
# QGIS makes of it, and the most frequent colour in the picture of each of the given rows.
import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

asked = json.load(sys.stdin)
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(asked["layer"], "asked", "memory")
_said, worked = layer.loadSldStyle(asked["sld"])


def rules():
    renderer = layer.renderer()
    if renderer.type() == "singleSymbol":
        return [["", "", renderer.symbol()]]
    return [[rule.label(), rule.filterExpression(), rule.symbol()] for rule in renderer.rootRule().children()]


def told(symbol):
    return [[type(part).__name__, part.properties()] for part in symbol.symbolLayers()] if symbol else []


def colors(row):
    """The most frequent colours of the middle of the picture of one square with these values."""
    layer.dataProvider().truncate()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,100 0,100 100,0 100,0 0))"))
    feature.setAttributes(row)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(120, 120))
    settings.setExtent(QgsRectangle(10, 10, 90, 90))
    settings.setDestinationCrs(layer.crs())
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    seen = {}
    for x in range(120):
        for y in range(120):
            name = QColor(image.pixel(x, y)).name()
            seen[name] = seen.get(name, 0) + 1
    return max(seen, key=seen.get)


answer = {
    "worked": worked,
    "rules": [[label, test, told(symbol)] for label, test, symbol in rules()],
    "labels": layer.labelsEnabled(),
    "drawn": [colors(row) for row in asked.get("rows", [])],
}
json.dump(answer, sys.stdout)
sys.stdout.flush()
os._exit(0)

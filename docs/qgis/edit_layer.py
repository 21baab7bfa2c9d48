"""QGIS without a screen lists, reads, filters and edits a layer of the portal over its OGC API.

    QT_QPA_PLATFORM=offscreen python3 docs/qgis/edit_layer.py http://localhost:8000 parcels petra@example.gr

It asks for the password, or takes it from the variable PORTAL_PASSWORD. What it changes it changes back, so that the
layer is at its end as it was; the history of the layer keeps both.
"""

import getpass
import json
import os
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsAuthMethodConfig,
    QgsBlockingNetworkRequest,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsJsonExporter,
    QgsNetworkAccessManager,
    QgsVectorDataProvider,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QTemporaryDir, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

GEOJSON = b"application/geo+json"
PATCH = b"application/merge-patch+json"
SINCE_EDITING = 33200  # QGIS 3.32 edits layers of OGC API Features by itself.


class Portal:
    """The portal, as QGIS reaches it: with its own network and the password in its own store."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.api = f"{address.rstrip('/')}/ogc"
        config = QgsAuthMethodConfig("Basic")
        config.setName("portal")
        config.setConfig("username", user)
        config.setConfig("password", password)
        QgsApplication.authManager().storeAuthenticationConfig(config)
        self.login = config.id()

    def layer(self, name: str, more: str = "") -> QgsVectorLayer:
        source = f"url='{self.api}/' typename='{name}' authcfg={self.login} pageSize='500' {more}"
        layer = QgsVectorLayer(source, name, "OAPIF")
        if not layer.isValid():
            sys.exit(f"QGIS cannot open the layer: {layer.error().message()}")
        return layer

    def ask(self, path: str, accept: bytes = b"application/json") -> QgsBlockingNetworkRequest:
        asked = QgsBlockingNetworkRequest()
        asked.setAuthCfg(self.login)
        asked.get(self.request(path, accept), True)
        return asked

    def request(self, path: str, accept: bytes = b"application/json") -> QNetworkRequest:
        request = QNetworkRequest(QUrl(f"{self.api}/{path}"))
        request.setRawHeader(b"Accept", accept)
        return request

    def send(self, method: bytes, path: str, body: object, kind: bytes, tag: bytes = b"") -> QNetworkReply:
        """Any method, for QgsBlockingNetworkRequest of this version knows neither PATCH nor OPTIONS."""
        request = self.request(path)
        request.setRawHeader(b"Content-Type", kind)
        if tag:
            request.setRawHeader(b"If-Match", tag)
        done, request = QgsApplication.authManager().updateNetworkRequest(request, self.login)
        if not done:
            sys.exit("QGIS could not add the password to the request.")
        content = b"" if body is None else json.dumps(body).encode()
        manager: QNetworkAccessManager = QgsNetworkAccessManager.instance()
        reply = manager.sendCustomRequest(request, method, QByteArray(content))
        loop = QEventLoop()
        reply.finished.connect(loop.quit)
        QTimer.singleShot(30_000, loop.quit)
        loop.exec_()
        return reply


def status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.HttpStatusCodeAttribute) or 0)


def read(portal: Portal, name: str) -> QgsVectorLayer:
    answer = json.loads(bytes(portal.ask("collections").reply().content()))
    print(
        f"Collections: {len(answer['collections'])}; {name} is there:",
        any(c["id"] == name for c in answer["collections"]),
    )
    layer = portal.layer(name)
    print(
        "Fields:",
        ", ".join(f"{field.name()} ({field.typeName() or field.type()})" for field in layer.fields()),
    )
    print("Coordinate system:", layer.crs().authid(), "· geometry:", layer.wkbType())
    first = list(layer.getFeatures(QgsFeatureRequest().setLimit(3)))
    print("Features in the layer:", layer.featureCount(), "· first three:", [one["id"] for one in first])
    return layer


def filtered(portal: Portal, name: str, layer: QgsVectorLayer) -> QgsFeature:
    first = next(layer.getFeatures(QgsFeatureRequest().setLimit(1)))
    box = first.geometry().boundingBox()
    near = list(layer.getFeatures(QgsFeatureRequest().setFilterRect(box)))
    print("Features in the box of the first:", len(near))
    number = json.dumps(first["id"]).replace('"', "'")
    found = list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(f"id = {number}")))
    print(f"Features with id = {number}:", len(found))
    return found[0]


def what_it_may(portal: Portal, name: str, layer: QgsVectorLayer) -> None:
    may = layer.dataProvider().capabilities()
    acts = {
        "add": QgsVectorDataProvider.AddFeatures,
        "change values": QgsVectorDataProvider.ChangeAttributeValues,
        "change shapes": QgsVectorDataProvider.ChangeGeometries,
        "delete": QgsVectorDataProvider.DeleteFeatures,
    }
    print(
        "QGIS' own provider may:", ", ".join(act for act, flag in acts.items() if may & flag) or "only read"
    )
    for path in (f"collections/{name}/items", f"collections/{name}/items/x"):
        reply = portal.send(b"OPTIONS", path, None, GEOJSON)
        print(f"The portal allows on {path}:", bytes(reply.rawHeader(b"Allow")).decode())


def edited(portal: Portal, name: str, feature: QgsFeature) -> None:
    """A QGIS edit session on a copy of the feature; what its buffer holds at the end goes to the portal."""
    there = f"collections/{name}/items/{feature['id']}"
    before = portal.ask(there, GEOJSON).reply()
    tag, told = bytes(before.rawHeader(b"ETag")), json.loads(bytes(before.content()))
    field = max(
        (one for one, value in told["properties"].items() if isinstance(value, str) and one != "kaek"),
        key=len,
    )
    copy = QgsVectorLayer(f"Polygon?crs=EPSG:4326&field={field}:string", "copy", "memory")
    working = QgsFeature(copy.fields())
    working.setGeometry(QgsGeometry(feature.geometry()))
    working.setAttribute(0, told["properties"][field])
    copy.dataProvider().addFeature(working)
    copy.startEditing()
    (own,) = copy.getFeatures()
    copy.changeAttributeValue(own.id(), 0, f"{told['properties'][field]} (QGIS)")
    changes = copy.editBuffer().changedAttributeValues()[own.id()]
    patch = {"properties": {copy.fields()[index].name(): value for index, value in changes.items()}}
    reply = portal.send(b"PATCH", f"{there}?reason=QGIS", patch, PATCH, tag)
    print(f"PATCH {field}:", status(reply), "· a new ETag:", bytes(reply.rawHeader(b"ETag")) != tag)
    late = portal.send(b"PATCH", there, patch, PATCH, tag)
    print("The same for the old state:", status(late), json.loads(bytes(late.readAll()))["code"])
    again = json.loads(bytes(portal.ask(there, GEOJSON).reply().content()))
    print("Read again:", again["properties"][field])
    back = {"properties": {field: told["properties"][field]}}
    print("Changed back:", status(portal.send(b"PATCH", f"{there}?reason=QGIS", back, PATCH)))


def added_and_removed(portal: Portal, name: str, feature: QgsFeature) -> None:
    """A small square inside the first feature, as QgsJsonExporter writes it, with the first one's values."""
    middle = feature.geometry().pointOnSurface()
    square = QgsFeature()
    square.setGeometry(QgsGeometry.fromRect(middle.buffer(0.00002, 1).boundingBox()))
    written = json.loads(QgsJsonExporter().exportFeature(square))
    own = portal.ask(f"collections/{name}/items/{feature['id']}", GEOJSON).reply()
    written["properties"] = {**json.loads(bytes(own.content()))["properties"], "kaek": "999999999999"}
    written.pop("id", None)
    written.pop("bbox", None)
    reply = portal.send(b"POST", f"collections/{name}/items?reason=QGIS", written, GEOJSON)
    there = bytes(reply.rawHeader(b"Location")).decode().partition("/ogc/")[2]
    print("POST:", status(reply), there)
    layer = portal.layer(name)
    found = list(layer.getFeatures(QgsFeatureRequest().setFilterRect(square.geometry().boundingBox())))
    print("QGIS sees it:", "999999999999" in [one["id"] for one in found])
    print("DELETE:", status(portal.send(b"DELETE", f"{there}?reason=QGIS", None, GEOJSON)))
    print("Gone:", portal.ask(there).reply().attribute(QNetworkRequest.HttpStatusCodeAttribute))


def edited_by_qgis_itself(portal: Portal, name: str) -> None:
    """What QGIS from 3.32 on does in its edit mode."""
    layer = portal.layer(name)
    first = next(layer.getFeatures(QgsFeatureRequest().setLimit(1)))
    field = next(
        one.name() for one in layer.fields() if one.name() not in ("id", "kaek") and one.isNumeric() is False
    )
    before = first[field]
    for value in (f"{before} (QGIS)", before):
        layer.startEditing()
        layer.changeAttributeValue(first.id(), layer.fields().indexOf(field), value)
        print(f"QGIS commits {field} = {value}:", layer.commitChanges())


def main() -> None:
    address, name, user = sys.argv[1:4]
    password = os.environ.get("PORTAL_PASSWORD") or getpass.getpass()
    profile = QTemporaryDir()
    os.environ["QGIS_AUTH_DB_DIR_PATH"] = profile.path()
    application = QgsApplication([], False, profile.path())
    application.initQgis()
    QgsApplication.authManager().setMasterPassword("only for this run", True)
    print("QGIS", Qgis.QGIS_VERSION.partition("-")[0])
    portal = Portal(address, user, password)
    layer = read(portal, name)
    feature = filtered(portal, name, layer)
    what_it_may(portal, name, layer)
    if Qgis.QGIS_VERSION_INT >= SINCE_EDITING:
        edited_by_qgis_itself(portal, name)
    edited(portal, name, feature)
    added_and_removed(portal, name, feature)
    del layer, feature
    application.exitQgis()


if __name__ == "__main__":
    main()

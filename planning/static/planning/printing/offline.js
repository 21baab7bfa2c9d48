// Draws a planning map in a file that opens without a connection, with Leaflet (the global L), which stands before it.
// No module, for files opened from a disk may not import any.
/// <reference path="../../../../gisportal/types/leaflet/global.d.ts" />

/**
 * @typedef {Record<string, any>} Style Leaflet's options of a path; `hatch` and `radius` too
 * @typedef {{ shapes: any[][], parts: any[][], names: any[][], nameLooks: (Style | null)[][] }} Drawn
 */

let offlineFirst = 0;

/** At which zoom the lists of looks begin. @param {number} first */
function offlineZooms(first) {
  offlineFirst = first;
}

/** A pattern of lines or dots. @param {CanvasRenderingContext2D} context @param {any} hatch */
function offlineHatch(context, hatch) {
  const side = Math.max(Math.round(hatch.kind === "dots" || hatch.kind === "horizontal" || hatch.kind === "vertical" ? hatch.spacing : hatch.spacing * Math.SQRT2), 2);
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.strokeStyle = pen.fillStyle = hatch.color;
  pen.lineWidth = hatch.width;
  pen.beginPath();
  if (hatch.kind === "horizontal") pen.moveTo(0, side / 2), pen.lineTo(side, side / 2);
  if (hatch.kind === "vertical") pen.moveTo(side / 2, 0), pen.lineTo(side / 2, side);
  for (const step of [-side, 0, side]) {
    if (hatch.kind === "diagonal" || hatch.kind === "cross") pen.moveTo(step - 1, side + 1), pen.lineTo(step + side + 1, -1);
    if (hatch.kind === "back-diagonal" || hatch.kind === "cross") pen.moveTo(step - 1, -1), pen.lineTo(step + side + 1, side + 1);
  }
  pen.stroke();
  if (hatch.kind === "dots") pen.arc(side / 2, side / 2, hatch.width, 0, 2 * Math.PI), pen.fill();
  return context.createPattern(tile, "repeat");
}

const OfflineCanvas = L.Canvas.extend({
  /** @param {CanvasRenderingContext2D} context @param {any} layer */
  _fillStroke(context, layer) {
    const { options } = layer;
    if (options.hatch && options.fill) {
      context.globalAlpha = options.fillOpacity;
      context.fillStyle = offlineHatch(context, options.hatch) ?? options.fillColor;
      context.fill("evenodd");
      return;
    }
    L.Canvas.prototype._fillStroke.call(this, context, layer);
  },
});

/** One feature in the look of one fragment. @param {any[]} shape @param {boolean} isRaised @param {any} renderer @param {boolean} isActive */
function offlinePath([kind, places, popup], isRaised, renderer, isActive) {
  const options = { renderer, interactive: isActive && Boolean(popup), bubblingMouseEvents: false };
  if (isRaised || kind === "Point") {
    const place = kind === "Point" ? places : L.latLngBounds(places.flat(kind === "Polygon" ? 1 : 0)).getCenter();
    return L.circleMarker(Array.isArray(place[0]) ? place[0] : place, options);
  }
  return kind === "Polygon" ? L.polygon(places, options) : L.polyline(places, options);
}

const offlineNames = new OfflineNames();
/** @type {any[]} */
const offlineLayers = [];

/** @param {any[][]} sketches GeoJSON geometry, colour, words */
function offlineSketches(sketches) {
  return L.featureGroup(sketches.map(([geometry, color, text]) => {
    const style = { color, weight: 3, fillColor: color, fillOpacity: 0.15 };
    const made = L.geoJSON(geometry, { style: () => style, pointToLayer: (/** @type {any} */ _f, /** @type {any} */ at) => L.circleMarker(at, { ...style, radius: 6, fillOpacity: 1, color: "#fff" }) });
    const words = document.createElement("span");
    words.textContent = text;
    return text ? made.bindTooltip(words, { permanent: true, direction: "top", className: "offline-note" }) : made;
  }));
}

/** A layer of the map, or several that make one. @param {any} data */
function offlineLayer(data) {
  if (data.sketches) return offlineSketches(data.sketches);
  const group = L.featureGroup();
  group.drawnParts = data.layers ?? [data];
  group.isBase = Boolean(data.isBase);
  group.names = group.drawnParts.reduce((/** @type {any} */ all, /** @type {Drawn} */ one) => ({
    names: [...all.names, ...one.names.map(([lon, lat, turn, look, text]) => [lon, lat, turn, look + all.nameLooks.length, text])],
    nameLooks: [...all.nameLooks, ...one.nameLooks],
  }), { names: [], nameLooks: [] });
  offlineLayers.push(group);
  return group;
}

/** Its paths, made once, when the map is there. @param {any} group @param {any} renderer */
function offlineFill(group, renderer) {
  group.paths = [];
  for (const drawn of group.drawnParts) for (const [isRaised, members, looks] of drawn.parts) for (const [number, look] of members) {
    const shape = drawn.shapes[number];
    const path = offlinePath(shape, isRaised, renderer, !group.isBase);
    if (shape[2] && !group.isBase) path.bindPopup(shape[2], { maxHeight: 320, maxWidth: 320 });
    group.paths.push([path, looks[look]]);
  }
}

/** Everything in the look of this zoom. @param {any} map */
function offlineRestyle(map) {
  const at = Math.round(map.getZoom()) - offlineFirst;
  for (const group of offlineLayers) for (const [path, looks] of group.paths) {
    const look = looks[Math.min(Math.max(at, 0), looks.length - 1)];
    if (!look) {
      if (group.hasLayer(path)) group.removeLayer(path);
      continue;
    }
    Object.assign(path.options, { hatch: undefined, dashArray: null, stroke: true, ...look });
    if (look.radius) path.setRadius?.(look.radius);
    if (!group.hasLayer(path)) group.addLayer(path);
    else if (path._map) path.setStyle(path.options);
  }
}

/** folium has made the map and the layers. @param {any} map */
function offlineStart(map) {
  map.attributionControl?.setPrefix(false);
  L.control.scale({ imperial: false }).addTo(map);
  for (const [number, group] of offlineLayers.entries()) {
    const pane = map.createPane(`offline${number}`);
    pane.style.zIndex = String(400 + number);
    pane.style.pointerEvents = "none";
    offlineFill(group, new OfflineCanvas({ pane: `offline${number}`, padding: 0.3 }));
  }
  offlineRestyle(map);
  offlineNames.owners = offlineLayers;
  offlineNames.first = offlineFirst;
  offlineNames.addTo(map);
  map.on("zoomend", () => offlineRestyle(map));
  map.on("overlayadd overlayremove", () => offlineNames.draw());
  offlinePick(map);
}

/** Canvases of several layers lie on each other: the uppermost thing under a click tells of itself. @param {any} map */
function offlinePick(map) {
  map.on("click", (/** @type {any} */ event) => {
    for (const group of [...offlineLayers].reverse()) {
      if (group.isBase || !map.hasLayer(group)) continue;
      for (const [path] of [...group.paths].reverse()) {
        if (!path._map || !path.getPopup() || !path._containsPoint) continue;
        if (path._containsPoint(event.layerPoint)) return void path.openPopup(event.latlng);
      }
    }
  });
}

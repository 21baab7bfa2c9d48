// Names on a planning map in a file: written on a canvas of their own, where none lies yet. Stands before offline.js.
/// <reference path="../../../../gisportal/types/leaflet/global.d.ts" />

/** Names that keep apart, those of the uppermost layer first. */
const OfflineNames = L.Layer.extend({
  initialize() {
    this.owners = [];
    this.first = 0;
  },
  onAdd(/** @type {any} */ map) {
    this.canvas = L.DomUtil.create("canvas", "offline-names leaflet-zoom-hide", map.getPane("markerPane"));
    map.on("moveend resize", this.draw, this);
    this.draw();
  },
  draw() {
    const map = this._map, size = map.getSize(), ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    this.canvas.width = size.x * ratio;
    this.canvas.height = size.y * ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const taken = /** @type {number[][]} */ ([]);
    for (const owner of [...this.owners].reverse()) if (map.hasLayer(owner)) this.write(pen, owner.names, taken, size);
  },
  write(/** @type {any} */ pen, /** @type {Drawn} */ { names, nameLooks }, /** @type {number[][]} */ taken, /** @type {any} */ size) {
    const at = Math.round(this._map.getZoom()) - this.first;
    const view = this._map.getBounds().pad(0.05);
    for (const [lon, lat, turn, group, text] of names) {
      const look = nameLooks[group][at];
      if (!look || !view.contains([lat, lon])) continue;
      const { x, y } = this._map.latLngToContainerPoint([lat, lon]);
      if (look.pin) this.pin(pen, x, y, look.pin);
      if (text) this.one(pen, look, text, [x + (look.offset?.[0] ?? 0), y + (look.offset?.[1] ?? 0), turn], taken, size);
    }
  },
  pin(/** @type {any} */ pen, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ color) {
    pen.fillStyle = color;
    pen.strokeStyle = "#fff";
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(x, y - 14, 8, 0.8 * Math.PI, 0.2 * Math.PI);
    pen.lineTo(x, y);
    pen.closePath();
    pen.fill();
    pen.stroke();
  },
  one(/** @type {any} */ pen, /** @type {Style} */ look, /** @type {string} */ text, /** @type {number[]} */ [x, y, turn], /** @type {number[][]} */ taken, /** @type {any} */ size) {
    pen.font = `${look.size}px "Noto Sans", system-ui, sans-serif`;
    const half = pen.measureText(text).width / 2, angle = (-turn * Math.PI) / 180;
    const wide = Math.abs(half * Math.cos(angle)) + Math.abs((look.size / 2) * Math.sin(angle)) + 2;
    const high = Math.abs(half * Math.sin(angle)) + Math.abs((look.size / 2) * Math.cos(angle)) + 1;
    const box = [x - wide, y - high, x + wide, y + high];
    if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return;
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    taken.push(box);
    pen.save();
    pen.globalAlpha = look.opacity;
    pen.translate(x, y);
    pen.rotate(angle);
    if (look.halo) {
      pen.strokeStyle = look.halo;
      pen.lineWidth = 2 * look.haloWidth;
      pen.strokeText(text, 0, 0);
    }
    pen.fillStyle = look.color;
    pen.fillText(text, 0, 0);
    pen.restore();
  },
});

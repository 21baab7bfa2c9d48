// The work of the page: what the server said, and the changes upon it with undo and redo; saved is only by one request.

/** @typedef {import("geojson").Geometry} Geometry */
/** @typedef {{ id: string, etag: string, properties: Record<string, any>, geometry: Geometry | null }} Loaded */
/**
 * @typedef {object} Change `name` is the key, or "+1", "+2" … of a new one
 * @property {"insert" | "update" | "delete"} act
 * @property {Record<string, any>} properties as they are to be
 * @property {Geometry | null} geometry
 * @property {boolean} moved is the geometry another than the server's
 */
/** @typedef {{ name: string, properties: Record<string, any>, geometry: Geometry | null, state: "same" | "new" | "changed" | "gone" }} Thing */

const STATES = /** @type {const} */ ({ insert: "new", update: "changed", delete: "gone" });

export class Work extends EventTarget {
  constructor() {
    super();
    /** @type {Map<string, Loaded>} */
    this.loaded = new Map();
    /** @type {Map<string, Change>} */
    this.changes = new Map();
    /** @type {Map<string, Change>[]} */
    this.past = [];
    /** @type {Map<string, Change>[]} */
    this.future = [];
    this.count = 0;
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** What was changed keeps the state it was changed from, so that another's change in between is noticed.
   * @param {Loaded[]} features */
  load(features) {
    for (const [key] of this.loaded) if (!this.changes.has(key)) this.loaded.delete(key);
    for (const one of features) if (!this.changes.has(one.id)) this.loaded.set(one.id, one);
    this.tell();
  }

  newName() {
    this.count += 1;
    return `+${this.count}`;
  }

  /** @param {string} name @returns {Thing | null} */
  thing(name) {
    const change = this.changes.get(name);
    if (change) return { name, properties: change.properties, geometry: change.geometry, state: STATES[change.act] };
    const own = this.loaded.get(name);
    return own ? { name, properties: own.properties, geometry: own.geometry, state: "same" } : null;
  }

  /** @returns {Thing[]} */
  things() {
    const names = new Set([...this.loaded.keys(), ...this.changes.keys()]);
    return [...names].map((name) => /** @type {Thing} */ (this.thing(name)));
  }

  /** One step that undo takes back. @param {[string, Partial<Change>][]} steps by name; what is left out stays as it is */
  commit(steps) {
    const next = new Map(this.changes);
    for (const [name, step] of steps) this.put(next, name, step);
    this.past.push(this.changes);
    this.future = [];
    this.changes = next;
    this.tell();
  }

  /** @param {Map<string, Change>} next @param {string} name @param {Partial<Change>} step */
  put(next, name, step) {
    const before = next.get(name);
    const own = this.loaded.get(name);
    if (before?.act === "insert" && step.act === "delete") {
      next.delete(name);
      return;
    }
    next.set(name, {
      act: before?.act === "insert" ? "insert" : (step.act ?? "update"),
      properties: step.properties ?? before?.properties ?? own?.properties ?? {},
      geometry: step.geometry ?? before?.geometry ?? own?.geometry ?? null,
      moved: Boolean(step.geometry) || Boolean(before?.moved),
    });
  }

  undo() {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.changes);
    this.changes = before;
    this.tell();
  }

  redo() {
    const next = this.future.pop();
    if (!next) return;
    this.past.push(this.changes);
    this.changes = next;
    this.tell();
  }

  /** After a save: nothing is left to undo here; the layer's own history can. */
  settle() {
    this.changes = new Map();
    this.past = [];
    this.future = [];
    this.tell();
  }

  /** Somebody else was quicker: go on from what is there now, or leave it to them.
   * @param {string} name @param {Loaded | null} now @param {boolean} mine */
  resolve(name, now, mine) {
    const next = new Map(this.changes);
    const own = next.get(name);
    next.delete(name);
    if (now) this.loaded.set(name, now);
    else this.loaded.delete(name);
    if (mine && own && now) next.set(name, { ...own, geometry: own.moved ? own.geometry : now.geometry });
    if (mine && own && !now && own.act !== "delete") next.set(this.newName(), { ...own, act: "insert" });
    this.past = [];
    this.future = [];
    this.changes = next;
    this.tell();
  }

  /** The changes as the server takes them. */
  sent() {
    return [...this.changes].map(([name, change]) => {
      const own = this.loaded.get(name);
      const told = { name, act: change.act, key: own?.id ?? "", etag: own?.etag ?? "" };
      if (change.act === "delete") return told;
      const properties = change.act === "insert" ? change.properties : differing(own?.properties ?? {}, change.properties);
      return change.act === "insert" || change.moved ? { ...told, properties, geometry: change.geometry } : { ...told, properties };
    });
  }
}

/** A merge patch from one to the other. @param {Record<string, any>} from @param {Record<string, any>} to */
function differing(from, to) {
  /** @type {Record<string, any>} */
  const patch = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (JSON.stringify(from[name]) !== JSON.stringify(to[name])) patch[name] = to[name] ?? null;
  }
  return patch;
}

// What the map of this page is made of: kept in the address at every change, followed when somebody goes back.
import { read, written } from "./permalink.js";

/** @typedef {import("./permalink.js").Content} Content */

const PAUSE = 150;

export class MapState {
  /** @param {Content} saved what the server keeps of this map; {} for a new one @param {boolean} isSaved */
  constructor(saved, isSaved) {
    this.saved = saved;
    this.isSaved = isSaved;
    /** @type {Content} */
    this.content = read(location.hash, saved) ?? structuredClone(saved);
    /** @type {((content: Content) => void)[]} */
    this.followers = [];
    /** @type {((content: Content) => void)[]} */
    this.watchers = [];
    this.timer = 0;
    addEventListener("popstate", () => this.follow());
  }

  /** What a tool keeps of itself. @param {string} tool */
  get(tool) {
    return this.content.tools?.[tool];
  }

  /** @param {string} tool @param {any} value undefined forgets it @param {{ step?: boolean }} [how] */
  set(tool, value, how) {
    const { [tool]: _old, ...others } = this.content.tools ?? {};
    const tools = value === undefined ? others : { ...others, [tool]: value };
    this.put({ tools: Object.keys(tools).length ? tools : undefined }, how);
  }

  /** Change some of the content. `step`: the back button comes back to before. @param {Partial<Content>} change @param {{ step?: boolean }} [how] */
  put(change, { step = false } = {}) {
    if (step) this.write();
    this.content = { ...this.content, ...change };
    for (const watcher of this.watchers) watcher(this.content);
    if (step) return this.write({ step });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), PAUSE);
  }

  /** @param {{ step?: boolean }} [how] */
  write({ step = false } = {}) {
    clearTimeout(this.timer);
    const address = this.address();
    if (step) history.pushState({ step: true }, "", address);
    else history.replaceState(history.state, "", address);
  }

  /** This map as an address on this server. */
  address() {
    const hash = written(this.content, { isSaved: this.isSaved });
    return `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;
  }

  /** The document that the server keeps; without what is not there. @returns {Content} */
  document() {
    return JSON.parse(JSON.stringify(this.content));
  }

  /** Be told of every change. @param {(content: Content) => void} watcher */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** Be told when the address became another by going back or forward; now too, with what it is at the start.
   * @param {(content: Content) => void} follower */
  whenFollowed(follower) {
    this.followers.push(follower);
    follower(this.content);
  }

  follow() {
    clearTimeout(this.timer);
    this.content = read(location.hash, this.saved) ?? structuredClone(this.saved);
    for (const follower of this.followers) follower(this.content);
    for (const watcher of this.watchers) watcher(this.content);
  }
}

// Check and save: what the changes break is shown on the map; what somebody else changed is asked; nothing is lost.
import { Refusal, post } from "./ask.js";
import { button, element, filled, one } from "./element.js";
import { boundsOf } from "./rings.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {{ kind: "overlap" | "gap", keys: string[], area_m2: number, geometry: import("geojson").Geometry }} Finding */

const CHECKED = "polygon";

export class Saving {
  /** @param {Editor} editor @param {() => Promise<void>} reload */
  constructor(editor, reload) {
    this.editor = editor;
    this.reload = reload;
    this.box = one("[data-edit-save]");
    this.form = /** @type {HTMLFormElement} */ (one("[data-edit-save-form]"));
    this.list = one("[data-edit-changes]");
    this.told = one("[data-edit-told]");
    this.confirm = /** @type {HTMLInputElement} */ (one("#edit-confirmed"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    const day = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("day"));
    day.addEventListener("input", () => (/** @type {HTMLInputElement} */ (this.form.querySelector("[name=since][value=day]")).checked = Boolean(day.value)));
    one("[data-edit-check]").addEventListener("click", () => this.check());
    one("[data-edit-check]").hidden = editor.start.kind !== CHECKED;
    editor.addEventListener("change", () => this.draw());
    window.addEventListener("beforeunload", (event) => editor.work.changes.size && event.preventDefault());
    this.draw();
  }

  draw() {
    const { work, words } = this.editor;
    this.box.hidden = work.changes.size === 0 && !this.told.childElementCount;
    this.form.hidden = work.changes.size === 0;
    const rows = [...work.changes.keys()].map((name) => {
      const row = element("li", "edit-change");
      const state = /** @type {any} */ (work.thing(name))?.state ?? "";
      row.append(button(this.editor.title(name), () => this.editor.choose(name), "edit-link"), element("span", `edit-state edit-state--${state}`, words[state] ?? ""));
      if (this.editor.wrong[name]) row.classList.add("edit-change--wrong");
      return row;
    });
    this.list.replaceChildren(...rows);
  }

  body() {
    const given = new FormData(this.form);
    const since = given.get("since");
    return {
      changes: this.editor.work.sent(),
      reason: String(given.get("reason") ?? ""),
      valid_from: since === "day" ? String(given.get("day") ?? "") : "",
      correction: since === "correction",
      confirmed: this.confirm.checked,
    };
  }

  /** @param {(string | HTMLElement)[]} parts @param {"" | "error" | "success" | "warning"} [look] */
  say(parts, look = "") {
    const notice = element("div", look ? `notice notice--${look}` : "notice");
    const inside = element("div", "edit-notice");
    inside.append(...parts.map((part) => (typeof part === "string" ? element("p", "", part) : part)));
    notice.append(inside);
    this.told.replaceChildren(notice);
    this.box.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }

  async check() {
    const { start, words } = this.editor;
    try {
      const { findings } = await post(start.urls.check, this.body(), words.failed ?? "");
      this.show(findings);
      if (!findings.length) this.say([words.checked ?? ""], "success");
    } catch (error) {
      this.refused(error);
    }
  }

  async save() {
    const { start, words, work } = this.editor;
    const reason = /** @type {HTMLInputElement} */ (this.form.elements.namedItem("reason"));
    if (!reason.value.trim()) {
      this.say([words.whyNeeded ?? ""], "error");
      reason.focus();
      return;
    }
    this.busy(true);
    try {
      const saved = await post(start.urls.save, this.body(), words.failed ?? "");
      this.editor.wrong = {};
      this.editor.board.show([]);
      this.form.reset();
      this.confirmable(false);
      work.settle();
      await this.reload();
      this.say([saved.revision ? filled(words.saved, { number: saved.revision }) : (words.unchanged ?? "")], "success");
    } catch (error) {
      this.refused(error);
    } finally {
      this.busy(false);
    }
  }

  /** @param {boolean} on */
  busy(on) {
    const submit = /** @type {HTMLButtonElement} */ (this.form.querySelector("[type=submit]"));
    submit.disabled = on;
    submit.setAttribute("aria-busy", String(on));
  }

  /** @param {boolean} on */
  confirmable(on) {
    this.confirm.checked = false;
    /** @type {HTMLElement} */ (this.confirm.closest("[data-edit-confirm]")).hidden = !on;
  }

  /** @param {unknown} error */
  refused(error) {
    if (!(error instanceof Refusal)) throw error;
    const { told } = error;
    if (told.findings) {
      this.confirmable(true);
      this.show(told.findings, error.message);
    } else if (told.now) this.conflicts(told.now);
    else {
      if (told.name && told.fields) this.editor.wrong = { [told.name]: told.fields };
      if (told.name) this.editor.choose(told.name);
      this.say([told.name ? `${this.editor.title(told.name)}: ${error.message}` : error.message], "error");
    }
  }

  /** @param {Finding[]} findings @param {string} [first] */
  show(findings, first = "") {
    const { board, map, words } = this.editor;
    board.show(findings);
    if (!findings.length) return;
    const list = element("ul", "edit-findings");
    for (const finding of findings) {
      const text = filled(words[finding.kind], { area: finding.area_m2.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 }), names: finding.keys.map((key) => this.editor.title(key)).join(" – ") });
      const row = element("li");
      row.append(
        button(text, () => {
          const box = boundsOf(finding.geometry);
          if (box) map.fitBounds(box, { padding: 80, maxZoom: 21, duration: 300 });
        }, "edit-link"),
      );
      list.append(row);
    }
    this.say([first || (words.found ?? ""), list], "warning");
  }

  /** @param {Record<string, any>} now */
  conflicts(now) {
    const { words, work } = this.editor;
    const rows = Object.entries(now).map(([name, feature]) => {
      const row = element("div", "edit-conflict stack");
      row.append(element("p", "", filled(feature ? words.conflict : words.conflictGone, { name: this.editor.title(name) })));
      const choice = element("div", "row");
      choice.append(button(words.mine ?? "", () => settle(true)), button(words.theirs ?? "", () => settle(false)));
      row.append(choice);
      const settle = (/** @type {boolean} */ mine) => {
        work.resolve(name, feature, mine);
        row.replaceChildren(element("p", "", filled(mine ? words.keptMine : words.keptTheirs, { name: this.editor.title(name) })));
      };
      return row;
    });
    this.say([words.conflicts ?? "", ...rows], "warning");
  }
}

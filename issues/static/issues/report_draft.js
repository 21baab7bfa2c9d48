// The unfinished report is kept on this device until it is sent; who the person is, and photos, are not.

const KEY = "report:draft";
const DAYS = 7;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "go", "name", "email", "phone", "agrees", "website", "photos", "q", "place"]);
const WORTH_KEEPING = ["category", "description"];

export class Draft {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.notice = /** @type {HTMLElement} */ (form.querySelector("[data-draft]"));
    form.querySelector("[data-draft-forget]")?.addEventListener("click", () => this.startAgain());
    if (this.isFresh()) this.restore();
  }

  /** A form that the server already filled is not written over. */
  isFresh() {
    const data = new FormData(this.form);
    return !data.get("lon") && !data.get("category") && !data.get("asset") && !data.get("description");
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
      return kept && Date.now() - kept.at < DAYS * 86_400_000 ? /** @type {Record<string, string>} */ (kept.fields) : null;
    } catch {
      return null;
    }
  }

  restore() {
    const fields = this.read();
    if (!fields) return;
    for (const [name, value] of Object.entries(fields)) {
      const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`));
      for (const input of inputs) {
        if (input.type === "radio") input.checked = input.value === value;
        else input.value = value;
      }
    }
    // The list of assets is made later; it looks here for the one that was chosen.
    this.form.dataset.asset = fields.asset ?? "";
    this.notice.hidden = false;
  }

  save() {
    const kept = [...new FormData(this.form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string" && value);
    const fields = Object.fromEntries(kept);
    if (!WORTH_KEEPING.some((name) => fields[name])) return;
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), fields }));
    } catch {
      // a private window keeps nothing
    }
  }

  forget() {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // nothing was kept
    }
  }

  startAgain() {
    this.forget();
    location.assign(this.form.action);
  }
}

/** @param {HTMLFormElement} form */
export function startDraft(form) {
  return new Draft(form);
}

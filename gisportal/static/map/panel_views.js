// The panel shows one view at a time: the start, the layers, or a card. Closing gives the focus back.

export class PanelViews {
  /** @param {HTMLElement} panel @param {import("../ui/sheet.js").Sheet} sheet */
  constructor(panel, sheet) {
    this.panel = panel;
    this.sheet = sheet;
    this.current = "home";
    /** @type {HTMLElement | null} */
    this.cameFrom = null;
  }

  /** @param {string} name @returns {HTMLElement} */
  view(name) {
    return /** @type {HTMLElement} */ (this.panel.querySelector(`[data-view="${name}"]`));
  }

  /** @param {string} name */
  open(name) {
    if (this.current === "home") this.cameFrom = /** @type {HTMLElement | null} */ (document.activeElement);
    this.change(name);
    this.sheet.raiseTo("half");
    /** @type {HTMLElement | null} */ (this.view(name).querySelector(".view-head__title"))?.focus({ preventScroll: true });
  }

  close() {
    if (this.current === "home") return;
    this.change("home");
    if (this.cameFrom?.isConnected) this.cameFrom.focus({ preventScroll: true });
    this.cameFrom = null;
  }

  /** @param {string} name */
  change(name) {
    this.view(this.current).hidden = true;
    this.view(name).hidden = false;
    this.current = name;
    this.sheet.body.scrollTop = 0;
  }
}

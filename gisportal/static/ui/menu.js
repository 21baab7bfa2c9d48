// Menus are <details>: they open without a script; here Escape and a click elsewhere close them.

/** @param {HTMLDetailsElement} menu @param {boolean} giveFocusBack */
function close(menu, giveFocusBack) {
  if (!menu.open) return;
  menu.open = false;
  if (giveFocusBack) menu.querySelector("summary")?.focus();
}

export function startMenus() {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("[data-menu]"))) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      close(menu, true);
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(/** @type {Node} */ (event.target))) close(menu, false);
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(/** @type {Node} */ (event.relatedTarget))) close(menu, false);
    });
  }
}

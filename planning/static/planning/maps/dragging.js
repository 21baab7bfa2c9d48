// Drags a row of a list to another place with mouse or finger; the keyboard has its own way.

/** @param {Element} row */
function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

/** @param {PointerEvent} down on the handle @param {HTMLElement} list @param {(place: number) => void} dropped its place from the top */
export function startDrag(down, list, dropped) {
  const handle = /** @type {HTMLElement} */ (down.currentTarget);
  const row = /** @type {HTMLElement} */ (handle.closest("li"));
  if (down.button !== 0) return;
  down.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(down.pointerId);
  row.classList.add("plan-layer--dragged");
  const before = [...list.children].indexOf(row);
  // The others make way: a row that is taken out of the page would lose the pointer.
  /** @param {PointerEvent} event */
  const move = ({ clientY }) => {
    const { previousElementSibling: above, nextElementSibling: below } = row;
    if (above && clientY < middle(above)) row.after(above);
    else if (below && clientY > middle(below)) row.before(below);
  };
  /** @param {PointerEvent} event */
  const end = (event) => {
    handle.removeEventListener("pointermove", move);
    handle.removeEventListener("pointerup", end);
    handle.removeEventListener("pointercancel", end);
    row.classList.remove("plan-layer--dragged");
    const after = [...list.children].indexOf(row);
    if (after !== before) dropped(event.type === "pointercancel" ? before : after);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
}

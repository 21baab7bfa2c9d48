// The panel beside the map: what may be done now, the form of what is chosen.
import { button, element, filled, one } from "./element.js";
import { featureForm } from "./form.js";

/** @typedef {import("./editor.js").Editor} Editor */

const NEW = { point: "drawPoint", line: "drawLine", polygon: "drawPolygon" };
const KINDS = /** @type {const} */ (["point", "line", "polygon"]);

/** @param {Editor} editor */
export function addPanel(editor) {
  const bar = one("[data-edit-bar]");
  const chosen = one("[data-edit-chosen]");
  const about = describing(editor);
  const draw = () => {
    const focused = document.activeElement?.id ?? "";
    const deed = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.deed ?? "";
    bar.replaceChildren(...deeds(editor));
    const parts = about();
    if (parts) chosen.replaceChildren(...parts);
    const again = focused ? document.getElementById(focused) : deed ? bar.querySelector(`[data-deed="${deed}"]`) : null;
    if (again instanceof HTMLElement && document.activeElement === document.body) again.focus();
  };
  editor.addEventListener("change", draw);
  draw();
}

/** @param {Editor} editor @param {string} name @param {string} text @param {() => void} press @param {{ off?: boolean, pressed?: boolean, main?: boolean }} [how] */
function deed(editor, name, text, press, { off = false, pressed, main = false } = {}) {
  const made = button(text, press, main ? "button button--primary edit-deed" : "button edit-deed");
  made.dataset.deed = name;
  made.disabled = off;
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  return made;
}

/** @param {Editor} editor @returns {HTMLElement[]} */
function deeds(editor) {
  const { words, work, start } = editor;
  if (editor.mode) return drawing(editor);
  const kinds = KINDS.filter((kind) => start.kind === kind || start.kind === "mixed");
  const things = editor.chosen.map((name) => work.thing(name)).filter((thing) => thing?.state !== "gone");
  const alone = things.length === 1 && Boolean(things[0]?.geometry);
  const hasSides = alone && !things[0]?.geometry?.type.endsWith("Point");
  const isSurface = alone && things[0]?.geometry?.type.endsWith("Polygon");
  return [
    ...kinds.map((kind) => deed(editor, `draw-${kind}`, words[NEW[kind]] ?? "", () => editor.drawNew(kind))),
    deed(editor, "several", words.several ?? "", () => toggleSeveral(editor), { pressed: editor.several }),
    deed(editor, "reshape", words.reshape ?? "", () => editor.reshape(), { off: !alone }),
    deed(editor, "split", words.split ?? "", () => editor.split(), { off: !hasSides }),
    deed(editor, "merge", words.merge ?? "", () => editor.merge(), { off: things.length < 2 }),
    deed(editor, "follow", words.follow ?? "", () => editor.follow(), { off: !isSurface }),
    deed(editor, "remove", words.remove ?? "", () => editor.remove(), { off: !things.length }),
    deed(editor, "undo", words.undo ?? "", () => work.undo(), { off: !work.past.length }),
    deed(editor, "redo", words.redo ?? "", () => work.redo(), { off: !work.future.length }),
  ];
}

/** @param {Editor} editor */
function toggleSeveral(editor) {
  editor.several = !editor.several;
  editor.tell();
}

/** While something is drawn there are only its ends. @param {Editor} editor */
function drawing(editor) {
  const { words, sketch } = editor;
  const hint = element("p", "edit-hint", words[`${editor.mode}Hint`] ?? "");
  hint.setAttribute("role", "status");
  const found = [hint, deed(editor, "finish", words.finish ?? "", () => sketch.finish(), { main: true }), deed(editor, "cancel", words.cancel ?? "", () => editor.stop())];
  if (editor.mode === "draw" && editor.start.kind === "polygon") {
    found.push(deed(editor, "following", words.following ?? "", () => ((editor.following = !editor.following), editor.tell()), { pressed: editor.following }));
  }
  return found;
}

/** What the panel says of the chosen: null where it says it already, so that nobody's typing is lost by a new form.
 * @param {Editor} editor @returns {() => HTMLElement[] | null} */
function describing(editor) {
  const { words, work } = editor;
  let said = "";
  /** @type {(() => void) | null} */
  let refresh = null;
  return () => {
    const { chosen } = editor;
    const thing = chosen.length === 1 ? work.thing(chosen[0]) : null;
    const now = JSON.stringify([chosen, thing?.state === "new", thing?.state === "gone", editor.wrong[chosen[0]]]);
    if (now === said && refresh) {
      refresh();
      return null;
    }
    said = now;
    refresh = null;
    if (!chosen.length) return [element("p", "empty", words.nothingChosen)];
    if (!thing) return [element("h2", "edit-title", filled(words.chosenMany, { count: chosen.length })), names(editor)];
    const made = described(editor, thing.name);
    refresh = made.refresh;
    return made.parts;
  };
}

/** @param {Editor} editor */
function names(editor) {
  const list = element("ul", "edit-names");
  for (const name of editor.chosen) list.append(element("li", "", editor.title(name)));
  return list;
}

/** @param {Editor} editor @param {string} name */
function described(editor, name) {
  const { words, work } = editor;
  const head = element("h2", "edit-title");
  const state = element("p");
  const thing = /** @type {import("./work.js").Thing} */ (work.thing(name));
  const { form, refresh } = featureForm(thing, editor.start.fields, words, editor.wrong[name] ?? {}, (field, value) => {
    const properties = { ...work.thing(name)?.properties, [field]: value };
    if (value === undefined) delete properties[field];
    work.commit([[name, { properties }]]);
  });
  const draw = () => {
    const now = work.thing(name);
    if (!now) return;
    head.textContent = editor.title(name);
    state.className = `edit-state edit-state--${now.state}`;
    state.textContent = words[now.state] ?? "";
    refresh(now.properties);
  };
  draw();
  return { parts: [head, state, form], refresh: draw };
}

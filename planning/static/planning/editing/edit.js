// The page of an editor: the map with the layer's features, the tools, the panel, the save.
import { addControls } from "../../map/controls.js";
import { addCrosshair } from "../../map/crosshair.js";
import { MapUnavailable, createMap } from "../../map/portal_map.js";
import { visibleMiddle } from "../../map/visible.js";
import { Sheet } from "../../ui/sheet.js";
import { toast } from "../../ui/toast.js";
import { get } from "./ask.js";
import { Board } from "./board.js";
import { Editor } from "./editor.js";
import { one } from "./element.js";
import { addPanel } from "./panel.js";
import { boundsOf } from "./rings.js";
import { Saving } from "./saving.js";
import { Sketch } from "./sketch.js";
import { Work } from "./work.js";

const NEAR_ENOUGH = 14;

/** Features of what the map shows, after each move. @param {Editor} editor @returns {() => Promise<void>} */
function loading(editor) {
  const { map, words, start, work, say } = editor;
  const note = one("[data-edit-note]");
  let asking = new AbortController();
  return async () => {
    asking.abort();
    if (editor.sketch.isBusy) return;
    if (map.getZoom() < NEAR_ENOUGH) {
      note.textContent = words.nearer ?? "";
      return;
    }
    asking = new AbortController();
    const bounds = map.getBounds().toArray().flat().join(",");
    try {
      const found = await get(`${start.urls.features}?bbox=${bounds}`, words.failed ?? "", asking.signal);
      note.textContent = found.more ? (words.nearer ?? "") : "";
      if (!found.more) work.load(found.features);
    } catch (error) {
      if (error instanceof Error && error.name !== "AbortError") say(error.message);
    }
  };
}

/** @param {Editor} editor @param {Sheet} sheet */
function addKeys(editor, sheet) {
  const { map, work, sketch } = editor;
  addCrosshair(map, () => visibleMiddle(map, sheet), (point) => (editor.mode ? sketch.press(point) : editor.choose(editor.board.at(point))));
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.key === "Escape" && editor.mode) editor.stop();
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) work.redo();
    else work.undo();
  });
}

async function startPage() {
  const start = JSON.parse(one("#edit-start").textContent ?? "{}");
  const words = one("[data-words=edit]").dataset;
  const say = toast(one("[data-map-toast]"));
  const sheet = new Sheet(one("[data-sheet]"));
  const map = await createMap(one("#map"), { bounds: boundsOf(start.first?.geometry ?? null) ?? undefined, padding: { top: 90, right: 40, bottom: 90, left: 40 } });
  addControls(map, say);
  const work = new Work();
  const board = new Board(map, work);
  const editor = new Editor({ map, work, board, sketch: new Sketch(map, work), start, words, say });
  const load = loading(editor);
  addPanel(editor);
  new Saving(editor, load);
  addKeys(editor, sheet);
  map.on("click", ({ point }) => {
    if (!editor.mode) editor.choose(board.at(point));
  });
  map.on("moveend", load);
  editor.addEventListener("change", () => editor.chosen.length && sheet.raiseTo("half"), { once: true });
  if (start.first) {
    work.load([start.first]);
    editor.choose(start.first.id);
  }
  await load();
  one(".map-shell").dataset.ready = "yes";
}

startPage().catch((error) => {
  if (!(error instanceof MapUnavailable)) throw error;
  console.warn(error.message);
});

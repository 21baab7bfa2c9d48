// For the keyboard: a cross in the middle of what shows of the map, and Enter for what is under it.

const CROSS = "M12 3v7M12 14v7M3 12h7M14 12h7";

/** @param {import("maplibre-gl").Map} map @param {() => { x: number, y: number }} middle @param {(point: { x: number, y: number }) => void} pick */
export function addCrosshair(map, middle, pick) {
  const cross = document.createElement("div");
  cross.className = "crosshair";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  const look = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2.5", "stroke-linecap": "round", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(look)) svg.setAttribute(name, value);
  path.setAttribute("d", CROSS);
  svg.append(path);
  cross.append(svg);
  map.getContainer().append(cross);
  const place = () => {
    const { x, y } = middle();
    cross.style.left = `${x}px`;
    cross.style.top = `${y}px`;
  };
  map.getCanvas().addEventListener("focus", place);
  map.getCanvas().addEventListener("keydown", (event) => {
    place();
    if (event.key !== "Enter") return;
    event.preventDefault();
    pick(middle());
  });
}

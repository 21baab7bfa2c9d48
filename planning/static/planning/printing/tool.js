// Print: the map as it is now, on paper or in a file; opens the page where that is chosen.
import { written } from "../maps/permalink.js";

/** @param {import("../maps/page.js").Page} page @param {string} there */
function address(page, there) {
  const { state, map } = page;
  const { swipe, tools, ...content } = state.content;
  const { lng, lat } = map.getCenter();
  const words = written({ ...content, center: [lng, lat], zoom: map.getZoom() }, { isSaved: state.isSaved });
  const token = page.state.isSaved ? JSON.parse(document.querySelector("#plan-start")?.textContent ?? "{}").token : "";
  return `${there}?${token ? `saved=${encodeURIComponent(token)}&` : ""}${words}`;
}

/** @param {import("../maps/page.js").Page} page */
export function add(page) {
  const words = page.words("print");
  const onPress = () => location.assign(address(page, words.url ?? ""));
  page.deeds.button({ id: "print", label: words.print ?? "", icon: "printer", position: 30, onPress });
}

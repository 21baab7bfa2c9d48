// Starts the planner's map: the page, then each tool; one that fails does not take the others with it.
import { MapUnavailable } from "../../map/portal_map.js";
import { startPage } from "./page.js";
import { TOOLS } from "./tools.js";

try {
  const page = await startPage();
  for (const tool of TOOLS) {
    try {
      await tool.add(page);
    } catch (error) {
      console.error(error);
    }
  }
  page.shell.dataset.ready = "yes";
} catch (error) {
  if (!(error instanceof MapUnavailable)) throw error;
  console.warn(error.message);
}

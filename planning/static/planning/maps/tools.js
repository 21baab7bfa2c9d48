// The tools of the planner's map: one import and one entry each, in the order in which they start.
import * as identify from "./identify.js";
import * as saved from "./saved.js";
import * as share from "./share.js";

/** @typedef {{ add: (page: import("./page.js").Page) => void | Promise<void> }} Tool */

/** @type {Tool[]} */
export const TOOLS = [identify, saved, share];

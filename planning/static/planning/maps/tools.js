// The tools of the planner's map: one import and one entry each, in the order in which they start.
import * as coordinates from "./coordinates.js";
import * as identify from "./identify.js";
import * as profile from "../rasters/profile.js";
import * as measure from "./measure.js";
import * as saved from "./saved.js";
import * as share from "./share.js";
import * as time from "./time.js";

/** @typedef {{ add: (page: import("./page.js").Page) => void | Promise<void> }} Tool */

/** @type {Tool[]} */
export const TOOLS = [identify, coordinates, measure, time, saved, share, profile];

// The tools of the planner's map: one import and one entry each, in the order in which they start.
import * as coordinates from "./coordinates.js";
import * as draw from "./draw.js";
import * as identify from "./identify.js";
import * as print from "../printing/tool.js";
import * as parcel from "../parcel/tool.js";
import * as profile from "../rasters/profile.js";
import * as measure from "./measure.js";
import * as saved from "./saved.js";
import * as share from "./share.js";
import * as swipe from "./swipe.js";
import * as table from "../table/tool.js";
import * as time from "./time.js";

/** @typedef {{ add: (page: import("./page.js").Page) => void | Promise<void> }} Tool */

/** @type {Tool[]} */
export const TOOLS = [identify, parcel, coordinates, measure, draw, time, swipe, saved, share, print, profile, table];

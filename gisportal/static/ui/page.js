// Runs on every page: the theme toggle, the menus, and a language switch that keeps the place on the map.
import { startTheme } from "./theme.js";
import { startMenus } from "./menu.js";
import { keepPlace } from "./language.js";

startTheme();
startMenus();
keepPlace();

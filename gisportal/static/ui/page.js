// Runs on every page: the theme toggle and the menu, both already there for those without scripts.
import { startTheme } from "./theme.js";
import { startMenus } from "./menu.js";

startTheme();
startMenus();

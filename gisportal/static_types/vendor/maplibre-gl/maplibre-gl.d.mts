// What tsc reads where a module imports the served library: its own types from the package.
export * from "maplibre-gl";

// What /static/vendor/maplibre-gl/maplibre-gl.mjs exports; the file itself is served from node_modules.
export * from "maplibre-gl";

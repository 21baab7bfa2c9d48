// Leaflet as the script of a page, for files that open without a server (planning/printing/offline).
declare const L: any;

"""Everything that leaves the portal with something of a layer in it, as a table: one line an output.

A new output (a print, a folium file, a legend, the page of a plot …) gets its line here:

    Output("legend of plots", get("planning:legend", "plots"), tells={LOOK}),

its name, a function `(client, hidden) -> bytes` that asks for it as that client, and the secrets that it tells those
who may know them (nothing where an output tells names and numbers to nobody). test_outputs.py then asks it for every
role: that no other secret is in it, that these are, and that for whoever may not know the secrets it stays the same
when they change. Files are best given as what they hold (`unpacked`); `steady=False` is for what is never twice the
same.
"""

from core.geo import to_lonlat
from layers.exports import FORMATS
from tests.factories import at
from tests.permissions.asking import (
    Output,
    export,
    extent,
    get,
    items,
    ogc_tile,
    paper,
    searched,
    tile,
    tile_then,
)
from tests.permissions.hidden import (
    COUNT,
    FIELD,
    HIDDEN_KEY,
    HOSTILE,
    LAYER,
    LOOK,
    OPEN_KEY,
    OWN_FIELD,
    OWN_LAYER,
    OWN_LOOK,
    OWN_ROW,
    PAST,
    REASON,
    ROW,
)

FIELDS = frozenset({FIELD, HOSTILE, OWN_FIELD})
PLOT = lambda hidden: hidden.plot.pk  # noqa: E731
DAY_OF_OTHER = "2000-01-01/.."
MAP = [
    Output("style", get("map-style"), tells={LOOK}),
    Output("catalogue", get("map-catalogue"), tells={LAYER, LOOK, OWN_LAYER}),
    Output("tile of plots", tile("plots", 16), tells=FIELDS),
    Output("tile of plots from afar", tile("plots", 11, 9000, 9000), tells={FIELD}),
    Output("tile of hidden plots", tile("plots", 16, 9020, 9020), tells={ROW}),
    Output("tile of posts", tile("posts", 15, 8000, 8000), tells={OWN_ROW}),
    Output("tile of the base map", tile("base", 16)),
    Output("tile of a layer for staff", tile("hidden-staff", 16), tells={LAYER}),
    Output("tile of a layer for a department", tile("hidden-departments", 16), tells={OWN_LAYER}),
    Output("search by the name of a post", searched(OWN_ROW[:6])),
    Output("search by the name of a yard", searched(ROW[:5])),
    Output("search by the code of a plot", searched(OPEN_KEY)),
    Output("search by the code of a hidden plot", searched(HIDDEN_KEY)),
]
PAGES = [
    Output("downloads", get("layers:downloads"), tells={LAYER, OWN_LAYER}),
    Output("page of plots", get("layers:layer", "plots"), tells={ROW, FIELD, REASON, COUNT}),
    Output("page of posts", get("layers:layer", "posts"), tells={OWN_ROW}),
    Output("page of plots on a day", get("layers:layer", "plots", valid="2100-01-01"), tells={FIELD}),
    Output("page of plots before history", get("layers:layer", "plots", known="1999-01-01")),
    Output("page of a layer for staff", get("layers:layer", "hidden-staff"), tells={LAYER}),
    Output("page of a layer for a department", get("layers:layer", "hidden-departments"), tells={OWN_LAYER}),
    Output("page of a plot", get("layers:feature", "plots", PLOT), tells=FIELDS | {PAST}),
    Output("card of a plot", get("layers:feature", "plots", PLOT, card="1"), tells=FIELDS),
    Output("plot on a day", get("layers:feature", "plots", PLOT, valid="2100-01-01"), tells=FIELDS),
    Output(
        "plot before it was known",
        get("layers:feature", "plots", PLOT, valid="1999-01-01", known="1999-01-01"),
    ),
    Output("earlier state", get("layers:feature", "plots", lambda hidden: hidden.other.pk), tells={PAST}),
    Output("hidden plot", get("layers:feature", "plots", lambda hidden: hidden.army.pk), tells={ROW}),
    Output("hidden post", get("layers:feature", "posts", lambda hidden: hidden.post.pk), tells={OWN_ROW}),
]
OGC = [
    Output("collections", get("layers:ogc:collections", f="json"), tells={LAYER, OWN_LAYER}),
    Output("the API described", get("layers:ogc:api", f="json"), tells={LAYER, OWN_LAYER, FIELD}),
    Output("collection", get("layers:ogc:collection", "plots", f="json")),
    Output("extent and number of plots", extent("plots")),
    Output("extent and number of posts", extent("posts")),
    Output("queryables", get("layers:ogc:queryables", "plots", f="json"), tells={FIELD}),
    Output("items", items("plots"), tells=FIELDS | {ROW}),
    Output("items of posts", items("posts"), tells={OWN_ROW}),
    Output("items as a page", get("layers:ogc:items", "plots", f="html"), tells=FIELDS | {ROW}),
    Output("items of a layer for staff", items("hidden-staff"), tells={LAYER}),
    Output("items of a layer for a department", items("hidden-departments"), tells={OWN_LAYER}),
    Output("items of all time", items("plots", datetime="../.."), tells=FIELDS | {ROW, PAST}),
    Output("items then", items("plots", datetime="2100-01-01"), tells=FIELDS | {ROW}),
    Output("items before history", items("plots", known="1999-01-01T00:00:00Z")),
    Output("items by a hidden field", items("plots", filter="owner LIKE 'z%'"), tells=FIELDS),
    Output("items by a hidden number", items("plots", filter="debt > 80000000"), tells={OWN_FIELD}),
    Output("items where a hidden field is empty", items("plots", filter="owner IS NULL")),
    Output("items by a parameter", items("plots", debt="1")),
    Output("items in a box", items("plots", filter="S_INTERSECTS(geom, BBOX(0, 0, 90, 80))"), tells={ROW}),
    Output("item", get("layers:ogc:item", "plots", OPEN_KEY, f="json"), tells=FIELDS),
    Output("item as a page", get("layers:ogc:item", "plots", OPEN_KEY, f="html"), tells=FIELDS),
    Output("hidden item", get("layers:ogc:item", "plots", HIDDEN_KEY, f="json"), tells={ROW}),
    Output("hidden post as an item", get("layers:ogc:item", "posts", "p2", f="json"), tells={OWN_ROW}),
]
# DXF has places for heights and names only.
WITH_FIELDS = [name for name in FORMATS if name != "dxf"]
# These say when they were made.
WITH_CLOCK = ("xlsx", "dxf")
FILES = [
    *(
        Output(f"plots as {name}", export("plots", name), tells=FIELDS | {ROW}, steady=name not in WITH_CLOCK)
        for name in WITH_FIELDS
    ),
    Output("plots as dxf", export("plots", "dxf"), steady=False),
    Output("posts as csv", export("posts", "csv"), tells={OWN_ROW}),
    Output("plots of a day as csv", export("plots", "csv", valid="2100-01-01"), tells=FIELDS | {ROW}),
    Output("a layer for staff as csv", export("hidden-staff", "csv"), tells={LAYER}),
    Output("a layer for a department as csv", export("hidden-departments", "csv"), tells={OWN_LAYER}),
]
PARCELS = [
    Output("what applies to a plot", get("planning:parcel", "plots", OPEN_KEY)),
    Output(
        "what applies to a plot as JSON",
        get("planning:parcel", "plots", OPEN_KEY, f="json"),
        tells=FIELDS,
    ),
    Output("what applies to a plot on paper", paper("planning:parcel-pdf", "plots", OPEN_KEY), steady=False),
    Output(
        "what applies to a hidden plot", get("planning:parcel", "plots", HIDDEN_KEY, f="json"), tells={ROW}
    ),
    Output("a hidden plot on paper", paper("planning:parcel-pdf", "plots", HIDDEN_KEY), steady=False),
    Output("a hidden plot by its number", get("planning:find-parcel", q=HIDDEN_KEY)),
]

# The middle of the town, where the open plot is, and the corner where the hidden one is.
MIDDLE, CORNER = to_lonlat(at(5050, 5050)), to_lonlat(at(9020, 9020))
ON_MAP = {"layers": "plots,posts,hidden-staff,hidden-departments", "map": f"17/{MIDDLE.y}/{MIDDLE.x}"}
IN_CORNER = ON_MAP | {"map": f"17/{CORNER.y}/{CORNER.x}"}
PICTURE = {
    "bbox": f"{CORNER.x - 0.002},{CORNER.y - 0.002},{CORNER.x + 0.002},{CORNER.y + 0.002}",
    "width": "200",
}
BY_OWNER = {"what": "plots", "by": "plots", "by_field": "owner", "go": "1"}
BY_USE = BY_OWNER | {"by_field": "use"}
STYLES = [
    Output("OGC styles", get("layers:ogc:styles", f="json"), tells={LOOK, OWN_LOOK}),
    Output(
        "OGC styles of plots", get("layers:ogc:collection-styles", "plots", f="json"), tells={LOOK, OWN_LOOK}
    ),
    Output("OGC style", get("layers:ogc:style", "plots.by-owner", f="mbstyle"), tells={LOOK, FIELD}),
    Output(
        "OGC style as SLD", get("layers:ogc:style", "plots.by-debt", f="sld10"), tells={OWN_LOOK, OWN_FIELD}
    ),
    Output(
        "OGC style described", get("layers:ogc:style-metadata", "plots.by-debt", f="json"), tells={OWN_LOOK}
    ),
    Output("OGC tileset", get("layers:ogc:tileset", "plots", "WebMercatorQuad", f="json")),
    Output("OGC tiles as TileJSON", get("layers:ogc:tileset", "plots", "WebMercatorQuad", f="tilejson")),
    Output("OGC tile", ogc_tile("plots"), tells=FIELDS),
]
PLANNING = [
    Output("tile of another day", tile_then("plots", valid="2100-01-01"), tells=FIELDS),
    Output("tile of some rows", tile_then("plots", filter="owner LIKE 'z%'"), tells=FIELDS),
    Output("looks", get("layers:styles-json", "plots"), tells={LOOK, OWN_LOOK}),
    Output("look by owner", get("layers:style-json", "plots", "by-owner"), tells={LOOK, FIELD}),
    Output("look by debt", get("layers:style-json", "plots", "by-debt"), tells={OWN_LOOK, OWN_FIELD}),
    Output("look by debt to edit", get("layers:style", "plots", "by-debt")),
    Output("looks to edit", get("layers:styles", "plots")),
    Output("look by owner to edit", get("layers:style", "plots", "by-owner")),
    Output("picture of plots", get("layers:ogc:collection-map", "plots", **PICTURE)),
    Output("picture of everything", get("layers:ogc:map", **PICTURE)),
    Output("catalogue", get("planning:catalogue"), tells={LAYER, OWN_LAYER}),
    Output("entry of the catalogue", get("planning:entry", "plots")),
    Output("feed for data portals", get("layers:dcat-jsonld")),
    Output("feed as Turtle", get("layers:dcat-turtle")),
    Output("the planner's map", get("planning:map")),
    Output("layers of the planner's map", get("planning:map-layers")),
    Output("what is here", get("planning:here", lon=MIDDLE.x, lat=MIDDLE.y, **ON_MAP), tells=FIELDS),
    Output(
        "what is in the corner", get("planning:here", lon=CORNER.x, lat=CORNER.y, **IN_CORNER), tells={ROW}
    ),
    Output("overlay by a hidden field", get("planning:overlay", **BY_OWNER), tells={FIELD}),
    Output("overlay by use", get("planning:overlay", **BY_USE), tells={ROW}),
    Output("overlay as a file", get("planning:overlay-file", **BY_USE), tells={ROW}),
    Output("what to print", get("planning:print", **ON_MAP), tells={LAYER, OWN_LAYER}),
    Output("print", paper("planning:print-pdf", **ON_MAP), tells={LAYER, OWN_LAYER}, steady=False),
    Output("print as a picture", get("planning:print-png", dpi=96, **IN_CORNER)),
    Output(
        "map as one file",
        get("planning:print-html", **ON_MAP),
        tells=FIELDS | {LAYER, OWN_LAYER, LOOK},
        steady=False,
    ),
    Output(
        "map of the corner as one file", get("planning:print-html", **IN_CORNER), tells={ROW}, steady=False
    ),
    Output("layer to edit", get("planning:edit", "plots", key=HIDDEN_KEY)),
    Output("features to edit", get("planning:edit-features", "plots", bbox=PICTURE["bbox"])),
]
TABLE = [
    Output("table", get("planning:table", "plots"), tells=FIELDS | {ROW}),
    Output("table as JSON", get("planning:table", "plots", f="json"), tells=FIELDS | {ROW}),
    Output("table as csv", get("planning:table", "plots", f="csv"), tells=FIELDS | {ROW}),
    Output("table of a layer for staff", get("planning:table", "hidden-staff", f="json"), tells={LAYER}),
    Output(
        "table by a hidden field",
        get("planning:table", "plots", f="json", filter="owner LIKE 'z%'"),
        tells=FIELDS,
    ),
    Output(
        "table sorted by a hidden field",
        get("planning:table", "plots", sort="debt", f="json"),
        tells={OWN_FIELD},
    ),
    Output("suggestions", get("planning:table-values", "plots", field="use")),
    Output(
        "suggestions of a hidden field", get("planning:table-values", "plots", field="owner"), tells={FIELD}
    ),
    Output("fields for a filter", get("planning:table-values", "plots")),
    Output("figures", get("planning:table-figures", "plots", by="use"), tells={ROW}),
    Output("figures by a hidden field", get("planning:table-figures", "plots", by="owner"), tells={FIELD}),
    Output(
        "figures of a hidden number",
        get("planning:table-figures", "plots", number="debt", f="json"),
        tells={OWN_FIELD},
    ),
]
OUTPUTS = [*MAP, *PAGES, *OGC, *FILES, *PARCELS, *STYLES, *PLANNING, *TABLE]

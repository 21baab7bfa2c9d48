"""Addresses of the looks of layers.

For scripts of maps: `/map/layers/<slug>/styles.json` says which looks the reader may choose for a layer:
{"layer", "styles": [{"slug", "title", "is_first", "address"}]}, the one shown at first first. Each address,
`/map/layers/<slug>/styles/<style>.json?theme=light|dark`, answers {"slug", "title", "fragments", "legend"}: `fragments`
are complete MapLibre layers called `<slug>`, `<slug>-2` … on the vector source `<slug>`, visible, as in
`/map/style.json`; put them in place of those of the same source. `legend` entries are as in `/map/catalogue.json`:
{"label", "color", "shape"} and perhaps "opacity", "outline", "dash" and "hatch" (draw them with map/sign.js). Patterns
called `hatch:…` draw themselves on every map of map/portal_map.js.
"""

from django.urls import URLPattern, path

from layers.styles import views_json
from layers.styles.editor import views as editor

urlpatterns: list[URLPattern] = [
    path("map/layers/<slug:slug>/styles.json", views_json.styles, name="styles-json"),
    path("map/layers/<slug:slug>/styles/<slug:style>.json", views_json.style, name="style-json"),
    path("plan/layers/<slug:slug>/styles/", editor.style_list, name="styles"),
    path("plan/layers/<slug:slug>/styles/new/", editor.new_style, name="new-style"),
    path("plan/layers/<slug:slug>/styles/preview/", editor.preview, name="preview-style"),
    path("plan/layers/<slug:slug>/styles/arrange/", editor.arrange, name="arrange-styles"),
    path("plan/layers/<slug:slug>/styles/<slug:style>/", editor.style, name="style"),
]

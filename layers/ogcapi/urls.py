"""Addresses of the OGC API, below /ogc/; without a slash at the end, as the standard writes them."""

from django.urls import URLPattern, path

from layers.ogcapi import views
from layers.ogcapi.maps import views as maps
from layers.ogcapi.styles import views as styles
from layers.ogcapi.tiles import views as tiles
from layers.ogcapi.transactions import views as transactions

app_name = "ogc"
urlpatterns: list[URLPattern] = [
    path("", views.landing, name="landing"),
    path("api", views.api, name="api"),
    path("conformance", views.conformance, name="conformance"),
    path("collections", views.collections, name="collections"),
    path("map", maps.dataset_map, name="map"),
    path("collections/<str:name>", views.collection, name="collection"),
    path("collections/<str:name>/map", maps.collection_map, name="collection-map"),
    path("styles", styles.styles, name="styles"),
    path("styles/<str:style>", styles.style, name="style"),
    path("styles/<str:style>/metadata", styles.style_metadata, name="style-metadata"),
    path("collections/<str:name>/styles", styles.collection_styles, name="collection-styles"),
    path("tileMatrixSets", tiles.tile_matrix_sets, name="tile-matrix-sets"),
    path("tileMatrixSets/<str:matrix>", tiles.tile_matrix_set, name="tile-matrix-set"),
    path("collections/<str:name>/tiles", tiles.tilesets, name="tilesets"),
    path("collections/<str:name>/tiles/<str:matrix>", tiles.tileset_of, name="tileset"),
    path(
        "collections/<str:name>/tiles/<str:matrix>/<str:zoom>/<str:row>/<str:column>",
        tiles.tile,
        name="collection-tile",
    ),
    path("collections/<str:name>/queryables", views.queryables, name="queryables"),
    path("collections/<str:name>/items", transactions.items, name="items"),
    path("collections/<str:name>/items/<path:key>", transactions.item, name="item"),
]

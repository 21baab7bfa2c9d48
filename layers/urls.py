"""Addresses of the layers room."""

from django.urls import URLPattern, URLResolver, include, path

from layers import views
from layers.views import tile_past

app_name = "layers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tiles/<slug:slug>/<int:revision>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("tiles/<slug:slug>/<slug:view>/<int:revision>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("tiles/<slug:slug>/asked/<int:z>/<int:x>/<int:y>.mvt", tile_past.asked, name="asked-tile"),
    path("search/", views.search, name="search"),
    path("data/", views.downloads, name="downloads"),
    path("export/<slug:slug>/", views.export, name="export"),
    path("layers/<slug:slug>/", views.layer, name="layer"),
    path("layers/<slug:slug>/<int:feature_id>/", views.feature, name="feature"),
    path("ogc/", include("layers.ogcapi.urls")),
    path("", include("layers.dcat.urls")),
    path("", include("layers.styles.urls")),
    path("", include("layers.rasters.urls")),
]

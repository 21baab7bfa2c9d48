"""Addresses of rasters."""

from django.urls import URLPattern, path

from layers.rasters import views

urlpatterns: list[URLPattern] = [
    path("rasters/<slug:slug>/", views.raster, name="raster"),
    path("rasters/<slug:slug>/value", views.value, name="raster-value"),
    path("rasters/<slug:slug>/legend", views.legend, name="raster-legend"),
    path("rasters/<slug:slug>/profile", views.profile, name="raster-profile"),
    path("rasters/<slug:slug>/clip", views.clip, name="raster-clip"),
    path("rasters/<slug:slug>/file", views.file, name="raster-file"),
    path(
        "rasters/<slug:slug>/<int:revision>/<slug:look>/<int:z>/<int:x>/<int:y>.<slug:format>",
        views.tile,
        name="raster-tile",
    ),
    path(
        "rasters/<slug:slug>/<int:revision>/<slug:look>/<int:z>/<int:x>/<int:y>@2x.<slug:format>",
        views.tile,
        {"ratio": "@2x"},
        name="raster-tile-large",
    ),
]

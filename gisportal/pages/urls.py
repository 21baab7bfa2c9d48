"""Addresses of the pages that compose what the rooms offer."""

from django.urls import URLPattern, path

from gisportal.pages import icons, language, map_style, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("map/style.json", map_style.style, name="map-style"),
    path("map/catalogue.json", map_style.catalogue, name="map-catalogue"),
    path("map/nearby/", views.nearby, name="map-nearby"),
    path("map/issues.geojson", views.issues_geojson, name="map-issues"),
    path("icons/<slug:name>.svg", icons.icon, name="icon"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", language.set_language, name="set-language"),
    path("healthz/", views.healthz, name="healthz"),
]

"""Addresses of the feed for data portals."""

from django.urls import URLPattern, path

from layers.dcat import views

urlpatterns: list[URLPattern] = [
    path("data/catalogue.jsonld", views.as_json_ld, name="dcat-jsonld"),
    path("data/catalogue.ttl", views.as_turtle, name="dcat-turtle"),
]

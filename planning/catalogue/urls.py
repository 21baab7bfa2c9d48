"""Addresses of the catalogue of layers at /plan/."""

from django.urls import URLPattern, path

from planning.catalogue import views

urlpatterns: list[URLPattern] = [
    path("plan/", views.catalogue, name="catalogue"),
]

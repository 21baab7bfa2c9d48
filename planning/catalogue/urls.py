"""Addresses of the catalogue of layers at /plan/."""

from django.urls import URLPattern, path

from planning.catalogue import codes, entry, views

urlpatterns: list[URLPattern] = [
    path("plan/", views.catalogue, name="catalogue"),
    path("plan/codes/", codes.code_lists, name="code-lists"),
    path("plan/codes/<slug:slug>/", codes.code_list, name="codes"),
    path("plan/layers/<slug:slug>/entry/", entry.entry, name="entry"),
]

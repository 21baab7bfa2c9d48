"""Addresses of drawing and changing features."""

from django.urls import URLPattern, path

from planning.editing import views

urlpatterns: list[URLPattern] = [
    path("plan/layers/<slug:slug>/edit/", views.edit, name="edit"),
    path("plan/layers/<slug:slug>/edit/features", views.features, name="edit-features"),
    path("plan/layers/<slug:slug>/edit/shapes", views.shapes, name="edit-shapes"),
    path("plan/layers/<slug:slug>/edit/check", views.check, name="edit-check"),
    path("plan/layers/<slug:slug>/edit/save", views.save, name="edit-save"),
]

"""Addresses of what applies to a plot. Keys may hold slashes, as a ΚΑΕΚ with its suffix does."""

from django.urls import URLPattern, path

from planning.parcel import views

urlpatterns: list[URLPattern] = [
    path("plan/parcel/", views.find_parcel, name="find-parcel"),
    path("plan/parcel/<slug:slug>/<path:key>/pdf/", views.parcel_pdf, name="parcel-pdf"),
    path("plan/parcel/<slug:slug>/<path:key>/", views.parcel, name="parcel"),
]

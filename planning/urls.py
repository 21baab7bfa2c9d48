"""Addresses of the planning room, by what they are about."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("planning.catalogue.urls")),
    path("", include("planning.maps.urls")),
    path("", include("planning.table.urls")),
    path("", include("planning.parcel.urls")),
    path("", include("planning.overlay.urls")),
    path("", include("planning.printing.urls")),
    path("", include("planning.editing.urls")),
    path("", include("planning.jobs.urls")),
]

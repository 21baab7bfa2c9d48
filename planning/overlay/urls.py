"""Addresses of overlay, what-if and zonal statistics."""

from django.urls import URLPattern, URLResolver, include, path

from planning.overlay import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("planning.versions.urls")),
    path("", include("planning.zonal.urls")),
    path("plan/overlay/", views.overlay_page, name="overlay"),
    path("plan/overlay/file/", views.overlay_file, name="overlay-file"),
    path("plan/overlay/ask/", views.ask_overlay, name="ask-overlay"),
    path("plan/overlay/keep/", views.keep_overlay, name="keep-overlay"),
    path("plan/overlay/results/<int:pk>/", views.overlay_result, name="overlay-result"),
    path("plan/overlay/results/<int:pk>/file/", views.overlay_result_file, name="overlay-result-file"),
]

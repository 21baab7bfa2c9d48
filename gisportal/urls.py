"""Every address of the portal starts here."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gisportal.pages.urls")),
    path("", include("accounts.urls")),
    path("", include("layers.urls")),
    path("", include("assets.urls")),
    path("", include("issues.urls")),
    path("", include("crews.urls")),
    path("", include("planning.urls")),
    path("", include("importers.urls")),
]
handler400 = "gisportal.pages.errors.bad_request"
handler403 = "gisportal.pages.errors.permission_denied"
handler404 = "gisportal.pages.errors.page_not_found"
handler500 = "gisportal.pages.errors.server_error"

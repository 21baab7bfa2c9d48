"""Addresses of draft plans."""

from django.urls import URLPattern, path

from planning.versions import views

urlpatterns: list[URLPattern] = [
    path("plan/versions/", views.versions, name="versions"),
    path("plan/versions/new/", views.make, name="make-version"),
    path("plan/versions/<int:pk>/", views.version_page, name="version"),
    path("plan/versions/<int:pk>/file/", views.version_file, name="version-file"),
    path("plan/versions/<int:pk>/ask/", views.ask, name="ask-version"),
    path("plan/versions/<int:pk>/adopt/", views.adopt, name="adopt-version"),
    path("plan/versions/<int:pk>/drop/", views.drop, name="drop-version"),
    path("plan/versions/results/<int:pk>/", views.result, name="version-result"),
    path("plan/versions/results/<int:pk>/file/", views.result_file, name="version-result-file"),
]

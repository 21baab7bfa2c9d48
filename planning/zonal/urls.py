"""Addresses of zonal statistics."""

from django.urls import URLPattern, path

from planning.zonal import views

urlpatterns: list[URLPattern] = [
    path("plan/zonal/", views.zonal_page, name="zonal"),
    path("plan/zonal/file/", views.zonal_file, name="zonal-file"),
    path("plan/zonal/ask/", views.ask_zonal, name="ask-zonal"),
    path("plan/zonal/keep/", views.keep_zonal, name="keep-zonal"),
    path("plan/zonal/results/<int:pk>/", views.zonal_result, name="zonal-result"),
    path("plan/zonal/results/<int:pk>/file/", views.zonal_result_file, name="zonal-result-file"),
]

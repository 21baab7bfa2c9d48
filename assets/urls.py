"""Addresses of the assets room."""

from django.urls import URLPattern, path

from assets import views

app_name = "assets"
urlpatterns: list[URLPattern] = [
    path("assets/<slug:type>/<str:code>/", views.asset, name="asset"),
]

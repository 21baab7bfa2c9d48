"""Addresses of the layers room."""

from django.urls import URLPattern

app_name = "layers"
urlpatterns: list[URLPattern] = []

"""Addresses of the crews room."""

from django.urls import URLPattern

app_name = "crews"
urlpatterns: list[URLPattern] = []

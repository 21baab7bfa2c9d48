"""Addresses of the import pages."""

from django.urls import URLPattern

app_name = "importers"
urlpatterns: list[URLPattern] = []

"""Addresses of the attribute table, the filter and the figures of what was chosen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

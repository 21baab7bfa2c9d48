"""Addresses of the pages that compose what the rooms offer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

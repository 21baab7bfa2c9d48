"""Addresses of maps on paper and in a file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

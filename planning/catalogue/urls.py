"""Addresses of the catalogue of layers at /plan/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

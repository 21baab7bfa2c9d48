"""Addresses of drawing and changing features."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

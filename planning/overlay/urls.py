"""Addresses of overlay, what-if and zonal statistics."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of what applies to a plot."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

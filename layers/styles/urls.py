"""Addresses of the looks of layers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of the planner's map and the maps that people save."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

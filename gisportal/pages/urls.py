"""Addresses of the pages that compose what the rooms offer."""

from django.urls import URLPattern, path

from gisportal.pages import language, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", language.set_language, name="set-language"),
    path("healthz/", views.healthz, name="healthz"),
]

"""Addresses of the attribute table, the filter and the figures of what was chosen."""

from django.urls import URLPattern, path

from planning.table import views

urlpatterns: list[URLPattern] = [
    path("plan/table/<slug:slug>/", views.table, name="table"),
    path("plan/table/<slug:slug>/figures/", views.figures_of_chosen, name="table-figures"),
    path("plan/table/<slug:slug>/values/", views.values, name="table-values"),
    path("plan/table/<slug:slug>/near/", views.near, name="table-near"),
]

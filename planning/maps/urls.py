"""Addresses of the planner's map and the maps that people save."""

from django.urls import URLPattern, path

from planning.maps import saving, views

urlpatterns: list[URLPattern] = [
    path("plan/map/", views.plan_map, name="map"),
    path("plan/map/layers.json", views.facts, name="map-layers"),
    path("plan/map/here/", views.here, name="here"),
    path("plan/map/days.json", views.days, name="map-days"),
    path("plan/map/measure/", views.measure, name="measure"),
    path("plan/maps/", saving.maps, name="maps"),
    path("plan/maps/save/", saving.save, name="save-map"),
    path("plan/maps/<str:token>/change/", saving.change, name="change-map"),
    path("plan/maps/<str:token>/remove/", saving.remove, name="remove-map"),
    path("plan/maps/<str:token>/", views.saved_map, name="saved-map"),
]

"""Addresses of the planner's map and the maps that people save."""

from django.urls import URLPattern, path

from planning.maps import views

urlpatterns: list[URLPattern] = [
    path("plan/map/", views.plan_map, name="map"),
    path("plan/map/layers.json", views.facts, name="map-layers"),
    path("plan/map/here/", views.here, name="here"),
    path("plan/maps/<str:token>/", views.saved_map, name="saved-map"),
]

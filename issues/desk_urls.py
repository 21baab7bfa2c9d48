"""Addresses of the desk pages."""

from django.urls import URLPattern, path

from issues.views import desk, desk_actions, desk_bulk

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/queue.geojson", desk.desk_map, name="desk-map"),
    path("desk/bulk/", desk_bulk.desk_bulk, name="desk-bulk"),
    path("desk/<str:number>/", desk.desk_issue, name="desk-issue"),
    path("desk/<str:number>/assign/", desk_actions.assign_issue, name="assign"),
    path("desk/<str:number>/state/", desk_actions.change_state, name="change-state"),
    path("desk/<str:number>/note/", desk_actions.add_note, name="add-note"),
    path("desk/<str:number>/publish/", desk_actions.publish, name="publish"),
    path("desk/<str:number>/category/", desk_actions.change_category, name="change-category"),
    path("desk/<str:number>/join/", desk_actions.join, name="join"),
]

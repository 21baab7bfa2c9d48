"""Addresses of the crews room."""

from django.urls import path

from crews.views import pages, work

app_name = "crews"
urlpatterns = [
    path("crew/", pages.crew, name="crew"),
    path("crew/nearby/", pages.nearby, name="nearby"),
    path("crew/<str:number>/", pages.job, name="job"),
    path("crew/<str:number>/start/", work.start, name="start"),
    path("crew/<str:number>/done/", work.done, name="done"),
    path("crew/<str:number>/hand-back/", work.hand_back, name="hand-back"),
]

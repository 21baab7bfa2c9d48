"""Addresses of the import pages."""

from django.urls import URLPattern, path

from importers.views import acts, files, new, run, runs, undo

app_name = "importers"
urlpatterns: list[URLPattern] = [
    path("plan/imports/", runs.runs, name="runs"),
    path("plan/imports/new/", new.new, name="new"),
    path("plan/imports/<int:pk>/", run.run, name="run"),
    path("plan/imports/<int:pk>/progress/", run.progress, name="progress"),
    path("plan/imports/<int:pk>/sample/", run.sample, name="sample"),
    path("plan/imports/<int:pk>/check/", acts.check, name="check"),
    path("plan/imports/<int:pk>/import/", acts.import_file, name="import"),
    path("plan/imports/<int:pk>/stop/", acts.stop, name="stop"),
    path("plan/imports/<int:pk>/undo/", undo.undo, name="undo"),
    path("plan/imports/<int:pk>/file/", files.uploaded, name="file"),
    path("plan/imports/<int:pk>/set-aside/", files.set_aside, name="set-aside"),
    path("plan/imports/mappings/<int:pk>/forget/", acts.forget, name="forget-mapping"),
]

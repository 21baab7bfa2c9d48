"""Addresses of long work."""

from django.urls import URLPattern, path

from planning.jobs import views

urlpatterns: list[URLPattern] = [
    path("plan/jobs/", views.jobs, name="jobs"),
    path("plan/jobs/<int:pk>/", views.job, name="job"),
    path("plan/jobs/<int:pk>/progress/", views.progress, name="job-progress"),
    path("plan/jobs/<int:pk>/stop/", views.stop_job, name="stop-job"),
    path("plan/jobs/<int:pk>/forget/", views.forget_job, name="forget-job"),
    path("plan/jobs/<int:pk>/file/", views.job_file, name="job-file"),
]

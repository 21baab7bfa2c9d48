"""Addresses of maps on paper and in a file."""

from django.urls import URLPattern, path

from planning.printing import offline_views, series_views, views

urlpatterns: list[URLPattern] = [
    path("plan/print/", views.print_page, name="print"),
    path("plan/print/sheet.pdf", views.print_pdf, name="print-pdf"),
    path("plan/print/sheet.png", views.print_png, name="print-png"),
    path("plan/print/map.html", offline_views.print_html, name="print-html"),
    path("plan/print/series/", series_views.print_series, name="print-series"),
]

"""Addresses of the issues room: the citizen's and the desk's."""

from issues.desk_urls import urlpatterns as desk
from issues.report_urls import urlpatterns as report

app_name = "issues"
urlpatterns = [*report, *desk]

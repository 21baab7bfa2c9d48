"""Addresses of what citizens see: the report, its tracking page, the public pages of issues, photos."""

from django.urls import URLPattern, path, re_path

from issues.views import export, issue, photo, report, report_parts, track

urlpatterns: list[URLPattern] = [
    path("report/", report.report, name="report"),
    path("report/where/", report_parts.report_where, name="report-where"),
    path("report/assets/", report_parts.report_assets, name="report-assets"),
    path("report/similar/", report_parts.report_similar, name="report-similar"),
    path("t/<str:token>/", track.track, name="track"),
    path("t/<str:token>/photo/", track.track_photo, name="track-photo"),
    path("t/<str:token>/withdraw/", track.withdraw, name="withdraw"),
    path("t/<str:token>/answer/", track.answer, name="answer"),
    path("issues/", issue.issue_list, name="list"),
    path("issues/export/", export.export_issues, name="export"),
    path("issues/<str:number>/", issue.issue, name="issue"),
    path("issues/<str:number>/follow/", issue.follow, name="follow"),
    path("issues/<str:number>/same-here/", issue.same_here, name="same-here"),
    path("follow/<str:token>/", issue.confirm_follow, name="confirm-follow"),
    path("unfollow/<str:token>/", issue.stop_following, name="unfollow"),
    re_path(
        r"^photos/(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?P<size>full|thumb)\.jpg$",
        photo.photo,
        name="photo",
    ),
]

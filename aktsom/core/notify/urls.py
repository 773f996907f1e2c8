from django.urls import path

from aktsom.core.notify import views

app_name = "notify"

urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("sett/", views.notice_seen, name="notice-seen"),
    path("innstillinger/", views.notice_choose, name="notice-choose"),
    path("logg/", views.notice_log, name="notice-log"),
    path("teams/", views.teams_set, name="teams-set"),
    path("teams/koble-fra/", views.teams_remove, name="teams-remove"),
]

from django.urls import path

from aktsom.core.notify import views

app_name = "notify"

urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("sett/", views.notice_seen, name="notice-seen"),
]

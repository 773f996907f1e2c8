from django.urls import path

from aktsom.core.accounts import views

app_name = "accounts"

urlpatterns = [
    path("utkast/", views.draft_keep, name="draft-keep"),
    path("mine-utkast/", views.draft_list, name="draft-list"),
    path("mine-utkast/kast/", views.draft_drop, name="draft-drop"),
    path("to-faktorer/", views.second_factor, name="second-factor"),
]

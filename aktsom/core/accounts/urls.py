from django.urls import path, re_path

from aktsom.core.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("sprak/", views.language_choose, name="language-choose"),
    path("sprak/her/", views.language_speak, name="language-speak"),
    path("utkast/", views.draft_keep, name="draft-keep"),
    path("mine-utkast/", views.draft_list, name="draft-list"),
    path("mine-utkast/kast/", views.draft_drop, name="draft-drop"),
    path("to-faktorer/", views.second_factor, name="second-factor"),
    # Pages of allauth that are not for us. This list stands before allauth's own.
    re_path(r"^(?:signup|email|confirm-email|password/set|login/code/confirm)/", views.no_such_page, name="no-such-page"),
]

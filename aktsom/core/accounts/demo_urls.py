from django.urls import path

from aktsom.core.accounts import views

app_name = "demo"

urlpatterns = [
    path("", views.demo_choose, name="demo-choose"),
    path("inn/", views.demo_enter, name="demo-enter"),
]

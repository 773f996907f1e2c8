from django.urls import path

from aktsom.insight import views

app_name = "insight"

urlpatterns = [path("", views.start, name="start")]

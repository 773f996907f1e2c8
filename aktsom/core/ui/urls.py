from django.urls import path

from aktsom.core.ui import views

app_name = "ui"
urlpatterns = [path("utvikling/komponenter/", views.components, name="components")]

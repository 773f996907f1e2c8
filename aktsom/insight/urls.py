from django.urls import path

from aktsom.insight import views

app_name = "insight"

urlpatterns = [
    path("", views.start, name="start"),
    path("kom-i-gang/", views.first_run_schools, name="first-run-schools"),
    path("kom-i-gang/<str:public_id>/", views.first_run_show, name="first-run"),
    path("kom-i-gang/<str:public_id>/plan/", views.first_run_plan, name="first-run-plan"),
]

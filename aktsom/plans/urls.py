from django.urls import path

from aktsom.plans.views import reading

app_name = "plans"

urlpatterns = [
    path("planen/egen/<str:public_id>/", reading.own_plan_bring, name="own-plan-bring"),
    path("planen/lest/<str:public_id>/", reading.reading_detail, name="reading-detail"),
]

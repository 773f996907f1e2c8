from django.urls import path

from aktsom.plans.views import public, reading

app_name = "plans"

urlpatterns = [
    path("planen/egen/<str:public_id>/", reading.own_plan_bring, name="own-plan-bring"),
    path("planen/lest/<str:public_id>/", reading.reading_detail, name="reading-detail"),
    path("skole/<slug:slug>/plan/", public.plan_public, name="plan-public"),
    path("skole/<slug:slug>/plan/elev/", public.plan_for_pupils, name="plan-for-pupils"),
    path("skole/<slug:slug>/plan/kort/<slug:key>/", public.duty_card, name="duty-card"),
]

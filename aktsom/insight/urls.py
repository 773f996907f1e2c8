from django.urls import path

from aktsom.insight.views import beginning, first_run, overview, start

app_name = "insight"

urlpatterns = [
    path("", start.start, name="start"),
    path("skolene/", overview.schools_show, name="schools-show"),
    path("kom-i-gang/", first_run.first_run_schools, name="first-run-schools"),
    path("kom-i-gang/ny/<str:token>/", beginning.begin, name="begin"),
    path("kom-i-gang/liste/<str:public_id>/", beginning.class_file, name="class-file"),
    path("kom-i-gang/liste/<str:public_id>/slett/", beginning.class_file_drop, name="class-file-drop"),
    path("kom-i-gang/<str:public_id>/", first_run.first_run_show, name="first-run"),
    path("kom-i-gang/<str:public_id>/plan/", first_run.first_run_plan, name="first-run-plan"),
    path("kom-i-gang/<str:public_id>/skolerute/", first_run.first_run_calendar, name="first-run-calendar"),
    path("kom-i-gang/<str:public_id>/klasse/", beginning.class_file_bring, name="first-run-class"),
    path("kom-i-gang/<str:public_id>/folk/", first_run.first_run_people, name="first-run-people"),
    path("kom-i-gang/<str:public_id>/virker-det/", first_run.self_test_show, name="self-test"),
    path("kom-i-gang/<str:public_id>/e-post/", first_run.mail_try, name="mail-try"),
    path("kom-i-gang/<str:public_id>/prove/", first_run.trial_send, name="trial-send"),
    path("kom-i-gang/<str:public_id>/prove/slett/", first_run.trial_remove, name="trial-remove"),
]

from django.urls import path

from aktsom.wheel.views import arranging, out, overview, tasks, year

app_name = "wheel"

urlpatterns = [
    path("skolen/<str:public_id>/skolerute/", arranging.calendar_set, name="calendar-set"),
    path("arshjul/", year.my_week, name="my-week"),
    path("kalender/<str:secret>.ics", out.calendar_feed, name="calendar-feed"),
    path("arshjul/kalender/", out.feed_list, name="feed-list"),
    path("arshjul/kalender/<str:public_id>/ny/", out.feed_make, name="feed-make"),
    path("arshjul/kalender/<str:public_id>/avslutt/", out.feed_end, name="feed-end"),
    path("arshjul/<str:public_id>/regneark.xlsx", out.year_spreadsheet, name="year-spreadsheet"),
    path("arshjul/eier/", overview.owner_overview, name="owner-overview"),
    path("arshjul/eier/rapport/", overview.owner_report, name="owner-report"),
    path("arshjul/gjoremal/<str:public_id>/", tasks.task_detail, name="task-detail"),
    path("arshjul/gjoremal/<str:public_id>/gjort/", tasks.task_done, name="task-done"),
    path("arshjul/gjoremal/<str:public_id>/hopp-over/", tasks.task_skip, name="task-skip"),
    path("arshjul/gjoremal/<str:public_id>/angre/", tasks.task_reopen, name="task-reopen"),
    path("arshjul/fil/<str:public_id>/", tasks.file_open, name="file-open"),
    path("arshjul/<str:public_id>/rapport/fil/<str:file_id>/", tasks.report_file, name="report-file"),
    path("arshjul/fil/<str:public_id>/slett/", tasks.file_remove, name="file-remove"),
    path("arshjul/hverdag/<str:public_id>/ny/", year.note_write, name="note-write"),
    path("arshjul/hverdag/<str:public_id>/slett/", year.note_remove, name="note-remove"),
    path("arshjul/rolle/<str:public_id>/avslutt/", arranging.role_end, name="role-end"),
    path("arshjul/<str:public_id>/", year.wheel_show, name="wheel-show"),
    path("arshjul/<str:public_id>/min-klasse/", year.own_class, name="own-class"),
    path("arshjul/<str:public_id>/liste/", year.task_list, name="task-list"),
    path("arshjul/<str:public_id>/trinn/", year.matrix_show, name="matrix-show"),
    path("arshjul/<str:public_id>/roller/", arranging.role_list, name="role-list"),
    path("arshjul/<str:public_id>/mangler/", arranging.missing_list, name="missing-list"),
    path("arshjul/<str:public_id>/mangler/dato/", arranging.dates_set, name="dates-set"),
    path("arshjul/<str:public_id>/mangler/timer/", arranging.lessons_set, name="lessons-set"),
    path("arshjul/<str:public_id>/ordne/", arranging.year_arrange, name="year-arrange"),
    path("arshjul/<str:public_id>/oversikt/", overview.overview_show, name="overview-show"),
    path("arshjul/<str:public_id>/rapport/", overview.report_show, name="report-show"),
    path("arshjul/<str:public_id>/rapport.pdf", overview.report_paper, name="report-paper"),
]

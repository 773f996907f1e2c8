from django.urls import path

from aktsom.reports.views import answering, own, owner, public, receiving, sending

app_name = "reports"

urlpatterns = [
    path("meld/", sending.report, name="report"),
    path("meld/muntlig/", sending.oral_report, name="report-oral"),
    path("meld/<str:public_id>/sendt/", own.report_sent, name="report-sent"),
    path("mine-meldinger/", own.own_list, name="own-list"),
    path("mine-meldinger/hent/", own.claim, name="own-claim"),
    path("mine-meldinger/<str:public_id>/", own.own_detail, name="own-detail"),
    path("mine-meldinger/<str:public_id>/samtykke/", own.consent_withdraw, name="consent-withdraw"),
    path("meldinger/", receiving.report_list, name="report-list"),
    path("meldinger/oversikt/", receiving.overview, name="report-overview"),
    path("meldinger/<str:public_id>/", receiving.report_detail, name="report-detail"),
    path("meldinger/<str:public_id>/ta-imot/", receiving.acknowledge, name="report-acknowledge"),
    path("meldinger/<str:public_id>/vurder/", receiving.assess, name="report-assess"),
    path("meldinger/<str:public_id>/grunnlos/", receiving.groundless, name="report-groundless"),
    path("meldinger/<str:public_id>/svar/", receiving.answer_reporter, name="report-answer"),
    path("meldinger/<str:public_id>/bilde/<str:picture_id>/", receiving.picture, name="report-picture"),
    path("eier/", owner.notice_list, name="owner-list"),
    path("eier/<str:public_id>/", owner.notice_detail, name="owner-detail"),
    path("eier/<str:public_id>/apne/", owner.notice_open, name="owner-open"),
    path("eier/<str:public_id>/svar/", owner.notice_answer, name="owner-answer"),
    path("skole/<slug:slug>/", public.school_page, name="school-page"),
    path("skole/<slug:slug>/si-fra/", public.tell, name="tell"),
    path("skole/<slug:slug>/si-fra/hva-lagres/", public.what_is_stored, name="what-is-stored"),
    path("skole/<slug:slug>/svar/", answering.answer, name="answer"),
    path("skole/<slug:slug>/svar/navn/", answering.give_name, name="give-name"),
    path("skole/<slug:slug>/plakat/", public.poster, name="poster"),
]

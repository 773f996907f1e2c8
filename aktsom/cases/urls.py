from django.urls import path

from aktsom.cases.views import investigation, lists, opening, papers, people, procedure, room, voice

app_name = "cases"

urlpatterns = [
    path("saker/", lists.case_list, name="case-list"),
    path("saker/ny/", opening.case_open, name="case-open"),
    path("saker/legg-til/", opening.report_join, name="report-join"),
    path("saker/<str:public_id>/", room.case_detail, name="case-detail"),
    path("saker/<str:public_id>/undersokelse/", room.case_investigation, name="case-investigation"),
    path("saker/<str:public_id>/stemme/", room.case_voice, name="case-voice"),
    path("saker/<str:public_id>/logg/", room.case_log, name="case-log"),
    path("saker/<str:public_id>/lesere/", room.case_readers, name="case-readers"),
    path("saker/<str:public_id>/dokumenter/", room.case_documents, name="case-documents"),
    path("saker/<str:public_id>/dokumenter/nytt/", papers.paper_make, name="paper-make"),
    path("saker/<str:public_id>/dokumenter/<str:paper_id>/", papers.paper_fetch, name="paper-fetch"),
    path("saker/<str:public_id>/dokumenter/<str:paper_id>/gi-ut/", papers.paper_release, name="paper-release"),
    path("saker/<str:public_id>/hvem/", room.case_people, name="case-people"),
    path("saker/<str:public_id>/deler/ny/", investigation.part_add, name="part-add"),
    path("saker/<str:public_id>/deler/<str:part_id>/notat/", investigation.note_add, name="note-add"),
    path("saker/<str:public_id>/deler/<str:part_id>/hort/", voice.hearing_write, name="hearing-write"),
    path("saker/<str:public_id>/deler/<str:part_id>/beste/", voice.best_interests_weigh, name="best-interests-weigh"),
    path("saker/<str:public_id>/deler/<str:part_id>/trygg-voksen/", voice.trusted_adult_choose, name="trusted-adult-choose"),
    path("saker/<str:public_id>/notater/<str:note_id>/rett/", investigation.note_correct, name="note-correct"),
    path("saker/<str:public_id>/analyse/", investigation.analysis_add, name="analysis-add"),
    path("saker/<str:public_id>/funn/", investigation.finding_add, name="finding-add"),
    path("saker/<str:public_id>/utsett/", investigation.investigation_postpone, name="investigation-postpone"),
    path("saker/<str:public_id>/ingen-plan/", procedure.no_plan_decide, name="no-plan-decide"),
    path("saker/<str:public_id>/steg/<str:step>/", procedure.step_mark, name="step-mark"),
    path("saker/<str:public_id>/statsforvalteren/", procedure.governor_note, name="governor-note"),
    path("saker/<str:public_id>/rettigheter/", voice.rights_tell, name="rights-tell"),
    path("saker/<str:public_id>/foresatte/", voice.guardians_decide, name="guardians-decide"),
    path("saker/<str:public_id>/hvem/ny/", people.handler_appoint, name="handler-appoint"),
    path("saker/<str:public_id>/hvem/hjelp/", people.helper_add, name="helper-add"),
    path("saker/<str:public_id>/hvem/steng-ute/", people.person_exclude, name="person-exclude"),
    path("saker/<str:public_id>/hvem/<str:worker_id>/avslutt/", people.work_end, name="work-end"),
    path("saker/<str:public_id>/avslutt/", people.case_close, name="case-close"),
    path("saker/<str:public_id>/apne-igjen/", people.case_reopen, name="case-reopen"),
    path("min-sak/<str:public_id>/", lists.own_case, name="own-case"),
    path("min-sak/<str:public_id>/dokumenter/<str:paper_id>/", papers.own_paper_fetch, name="own-paper-fetch"),
]

from django.urls import path

from aktsom.measures.views import catalogue, evaluations, family, measures, plans, sharing

app_name = "measures"

urlpatterns = [
    path("planer/<str:public_id>/", plans.plan_detail, name="plan-detail"),
    path("planer/<str:public_id>/problem/", plans.problem_write, name="problem-write"),
    path("planer/<str:public_id>/funn/", plans.finding_add, name="finding-add"),
    path("planer/<str:public_id>/i-kraft/", plans.plan_in_force, name="plan-in-force"),
    path("planer/<str:public_id>/invitert/", plans.plan_invite, name="plan-invite"),
    path("planer/<str:public_id>/gjort-kjent/", plans.plan_tell, name="plan-tell"),
    path("planer/<str:public_id>/evaluer/", evaluations.evaluate, name="plan-evaluate"),
    path("planer/<str:public_id>/evalueringer/", plans.evaluation_list, name="evaluation-list"),
    path("planer/<str:public_id>/utgaver/", plans.version_list, name="version-list"),
    path("planer/<str:public_id>/utgaver/<int:number>/", plans.version_detail, name="version-detail"),
    path("planer/<str:public_id>/tiltak/", measures.measure_add, name="measure-add"),
    path("min-plan/<str:public_id>/", family.own_plan, name="own-plan"),
    path("min-plan/tiltak/<str:public_id>/syn/", family.own_view_say, name="own-view-say"),
    path("tiltakskatalog/<str:school_id>/", catalogue.catalogue_extend, name="catalogue-extend"),
    path("tiltakskatalog/<str:school_id>/<str:entry_id>/", catalogue.catalogue_entry_end, name="catalogue-entry-end"),
    path("tiltak/", measures.my_measures, name="measure-list"),
    path("tiltak/<str:public_id>/", measures.measure_task, name="measure-task"),
    path("tiltak/<str:public_id>/endre/", measures.measure_change, name="measure-change"),
    path("tiltak/<str:public_id>/avslutt/", measures.measure_end, name="measure-end"),
    path("tiltak/<str:public_id>/del/", sharing.measure_share, name="measure-share"),
    path("tiltak/<str:public_id>/be-om/", sharing.resource_ask, name="resource-ask"),
    path("tiltak/<str:public_id>/be-om/<str:request_id>/", sharing.resource_answer, name="resource-answer"),
    path("tiltak/<str:public_id>/syn/", measures.view_say, name="view-say"),
]

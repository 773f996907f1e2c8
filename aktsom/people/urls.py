from django.urls import path

from aktsom.people.views import adults, attendance, guardians, organisation, partners, second_factor, training

app_name = "people"

urlpatterns = [
    path("", organisation.school_list, name="school-list"),
    path("voksne/", adults.adults_near, name="adults-near"),
    path("team/<str:public_id>/", adults.team_detail, name="team-detail"),
    path("team/<str:public_id>/med/", adults.team_join, name="team-join"),
    path("team/<str:public_id>/avslutt/", adults.team_end, name="team-end"),
    path("team/medlem/<str:public_id>/ut/", adults.team_leave, name="team-leave"),
    path("<str:public_id>/voksne/", adults.colleagues, name="colleagues"),
    path("<str:public_id>/voksne/<str:person_id>/", adults.card_keep, name="card-keep"),
    path("<str:public_id>/team/nytt/", adults.team_begin, name="team-begin"),
    path("folge/", guardians.guardian_ask, name="guardian-ask"),
    path("folge/<str:public_id>/svar/", guardians.guardian_answer, name="guardian-answer"),
    path("folge/<str:public_id>/avgjor/", guardians.guardian_decide, name="guardian-decide"),
    path("mine-foresatte/", guardians.own_guardians, name="own-guardians"),
    path("mine-foresatte/<str:public_id>/", guardians.consent_set, name="consent-set"),
    path("opplaring/", training.training_needed, name="training-needed"),
    path("opplaring/eier/", training.training_owners, name="training-owners"),
    path("opplaring/eier/<str:public_id>/", training.training_demand, name="training-demand"),
    path("opplaring/eier/<str:public_id>/skriv-inn/", training.owner_training_record, name="training-record-owner"),
    path("opplaring/eier/<str:public_id>/slutt/", training.training_demand_end, name="training-demand-end"),
    path("<str:public_id>/opplaring/", training.training_record, name="training-record"),
    path("<str:public_id>/utenfor-kapittel-12/", attendance.attendance_set, name="attendance-set"),
    path("<str:public_id>/samarbeid/", partners.partner_list, name="partner-list"),
    path("<str:public_id>/samarbeid/ny/", partners.partner_add, name="partner-add"),
    path("samarbeid/<str:public_id>/", partners.partner_change, name="partner-change"),
    path("samarbeid/<str:public_id>/slutt/", partners.partner_end, name="partner-end"),
    path("<str:public_id>/folge/", guardians.guardian_requests, name="guardian-requests"),
    path("<str:public_id>/folge/nytt/", guardians.request_write_in, name="request-write-in"),
    path("<str:public_id>/hjelp/", guardians.help_set, name="help-set"),
    path("innlogging/", second_factor.factor_schools, name="factor-schools"),
    path("<str:public_id>/kontoer/", second_factor.accounts_open, name="accounts-open"),
    path("<str:public_id>/innlogging/", second_factor.factor_reset, name="factor-reset"),
    path("<str:public_id>/", organisation.school_detail, name="school-detail"),
    path("<str:public_id>/stedfortreder/", organisation.deputy_name, name="deputy-name"),
    path("<str:public_id>/mottaker/", organisation.delegation_give, name="delegation-give"),
    path("stedfortreder/<str:public_id>/avslutt/", organisation.deputy_end, name="deputy-end"),
    path("mottaker/<str:public_id>/avslutt/", organisation.delegation_end, name="delegation-end"),
]

from django.urls import path

from aktsom.people.views import guardians, organisation, second_factor

app_name = "people"

urlpatterns = [
    path("", organisation.school_list, name="school-list"),
    path("folge/", guardians.guardian_ask, name="guardian-ask"),
    path("folge/<str:public_id>/svar/", guardians.guardian_answer, name="guardian-answer"),
    path("folge/<str:public_id>/avgjor/", guardians.guardian_decide, name="guardian-decide"),
    path("mine-foresatte/", guardians.own_guardians, name="own-guardians"),
    path("mine-foresatte/<str:public_id>/", guardians.consent_set, name="consent-set"),
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

from django.urls import path

from aktsom.people.views import organisation, second_factor

app_name = "people"

urlpatterns = [
    path("", organisation.school_list, name="school-list"),
    path("innlogging/", second_factor.factor_schools, name="factor-schools"),
    path("<str:public_id>/kontoer/", second_factor.accounts_open, name="accounts-open"),
    path("<str:public_id>/innlogging/", second_factor.factor_reset, name="factor-reset"),
    path("<str:public_id>/", organisation.school_detail, name="school-detail"),
    path("<str:public_id>/stedfortreder/", organisation.deputy_name, name="deputy-name"),
    path("<str:public_id>/mottaker/", organisation.delegation_give, name="delegation-give"),
    path("stedfortreder/<str:public_id>/avslutt/", organisation.deputy_end, name="deputy-end"),
    path("mottaker/<str:public_id>/avslutt/", organisation.delegation_end, name="delegation-end"),
]

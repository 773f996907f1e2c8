"""Every address, one line per domain."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("aktsom.insight.urls")),
    path("", include("aktsom.reports.urls")),
    path("", include("aktsom.cases.urls")),
    path("", include("aktsom.measures.urls")),
    path("", include("aktsom.plans.urls")),
    path("", include("aktsom.wheel.urls")),
    path("skolen/", include("aktsom.people.urls")),
    path("konto/", include("aktsom.core.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("varsler/", include("aktsom.core.notify.urls")),
    path("", include("aktsom.core.ui.urls")),
]

if settings.AKTSOM_DEMO_SIGN_IN:
    urlpatterns += [path("demo/", include("aktsom.core.accounts.demo_urls"))]

handler400 = "aktsom.core.ui.views.bad_request"
handler403 = "aktsom.core.ui.views.not_allowed"
handler404 = "aktsom.core.ui.views.not_found"
handler500 = "aktsom.core.ui.views.broken"

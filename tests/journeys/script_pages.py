"""Small pages on which the scripts can be tried: what was saved lies in ``SAVED``."""

from django.forms import CheckboxSelectMultiple, ChoiceField, MultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from aktsom.core.access.door import public
from aktsom.core.ui.forms import PlainForm

SAVED: list[dict[str, str]] = []
ANSWER = {"status": 204}

PAGE = """
{% extends "ui/public_base.html" %}{% load ui %}
{% block title %}Prøve{% endblock %}{% block heading %}Prøve{% endblock %}
{% block content %}
  <form method="post" action="/prove/send/" data-aktsom-draft="/prove/utkast/">{% csrf_token %}
    <label for="what">Hva</label><textarea id="what" name="what"></textarea>
    <label for="secret">Passord</label><input id="secret" name="secret" type="password">
    <label for="picture">Bilde</label><input id="picture" type="file" data-aktsom-preview="shown">
    <div id="shown" class="aktsom-preview" hidden></div>
    {% saved_note %}{% actions "Send" %}
  </form>
{% endblock %}
"""

WRITING = """
{% extends "ui/public_base.html" %}{% load ui static %}
{% block scripts %}<script type="module" src="{% static "ui/js/writing.js" %}"></script>{% endblock %}
{% block title %}Skrive{% endblock %}{% block heading %}Skrive{% endblock %}
{% block content %}
  <form method="post" data-aktsom-writing data-aktsom-names="Solveig Strand"><label for="pupils">Hvem</label><input id="pupils" name="pupils"><label for="what">Hva</label><textarea id="what" name="what"></textarea></form>
{% endblock %}
"""


class NamesForm(PlainForm):
    """A list too long to read, and one of boxes."""

    person = ChoiceField(
        label="Hvem?", choices=[("", "Velg"), *((f"p{number}", f"Navn Nr{number}") for number in range(14)), ("k", "Kåre Øde")]
    )
    guests = MultipleChoiceField(
        label="Hvem er med?", choices=[(f"g{number}", f"Gjest {number}") for number in range(14)], widget=CheckboxSelectMultiple
    )


NAMES = """
{% extends "ui/public_base.html" %}{% load ui static %}
{% block scripts %}<script type="module" src="{% static "ui/js/search.js" %}"></script>{% endblock %}
{% block title %}Velge{% endblock %}{% block heading %}Velge{% endblock %}
{% block content %}<form method="post">{% csrf_token %}{% field form.person %}{% field form.guests %}</form>{% endblock %}
"""


@public("Bare i testene.")
def choosing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(NAMES.strip()).render({"form": NamesForm()}, request))


@public("Bare i testene.")
def writing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(WRITING.strip()).render({}, request))


@public("Bare i testene.")
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE.strip()).render({}, request))


@public("Bare i testene.")
def draft(request: HttpRequest) -> HttpResponse:
    SAVED.append(request.POST.dict())
    return HttpResponse(status=ANSWER["status"])


@public("Bare i testene.")
def send(request: HttpRequest) -> HttpResponse:
    SAVED.append({"sent": request.POST["what"]})
    return HttpResponse("<!doctype html><html lang=nb><title>Sendt</title><h1>Sendt</h1></html>")


urlpatterns = [
    path("prove/skriv/", writing),
    path("prove/velg/", choosing),
    path("prove/", form),
    path("prove/utkast/", draft),
    path("prove/send/", send),
    path("konto/", include("aktsom.core.accounts.urls")),
    path("konto/", include("allauth.urls")),
]

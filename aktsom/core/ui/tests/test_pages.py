"""The answers when something is wrong, and the living page."""

import re

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from aktsom.core.ui import views
from tests.cast import Cast
from tests.signed_in import sign_in

ANSWERS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


@pytest.mark.parametrize("template", ANSWERS)
def test_error_answer_stands_alone_and_is_kind(template: str) -> None:
    html = render_to_string(template)

    assert html.count("<h1") == 1
    assert '<html lang="nb"' in html
    assert "Gå til forsiden" in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|feilkode|ulovlig|ugyldig", html)


def test_error_answers_have_their_status_and_never_say_whether_the_thing_exists() -> None:
    request = RequestFactory().get("/saker/abc/")

    answers = [
        views.bad_request(request, Exception("secret")),
        views.not_allowed(request, Exception("secret")),
        views.not_found(request, Http404("Case 17 exists")),
        views.broken(request),
        views.csrf_failure(request, "secret"),
    ]

    assert [answer.status_code for answer in answers] == [400, 403, 404, 500, 403]
    assert [b"secret" in answer.content or b"17" in answer.content for answer in answers] == [False] * 5


def test_living_page_is_only_for_trying_out(client: Client, db: None, settings: Settings) -> None:
    settings.AKTSOM_DEMO_SIGN_IN = False
    assert client.get("/utvikling/komponenter/").status_code == 404

    settings.AKTSOM_DEMO_SIGN_IN = True
    answer = client.get("/utvikling/komponenter/?feil=1")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert "«mangler" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|\{\{", html)


def test_public_page_can_be_left_at_once_without_javascript() -> None:
    html = render_to_string("ui/public_base.html")

    assert re.search(r'<a [^>]*href="https://www\.yr\.no/"[^>]*rel="noreferrer[^>]*data-aktsom-exit>', html)
    assert "116 111" in html


@pytest.mark.django_db
def test_whoever_is_signed_in_keeps_the_menu_on_a_page_that_does_not_exist(cast: Cast) -> None:
    gone = sign_in(cast, "head_teacher").get("/finnes-ikke/")
    hidden = sign_in(cast, "teacher_without_relation").get("/saker/xxxxxxxxxxxx/")
    outside = Client().get("/finnes-ikke/")

    assert [answer.status_code for answer in (gone, hidden, outside)] == [404] * 3
    assert [b'id="aktsom-menu"' in answer.content for answer in (gone, hidden, outside)] == [True, True, False]
    assert [b"Vi finner ikke denne siden" in answer.content for answer in (gone, hidden, outside)] == [True] * 3

"""Signing in, with a password and with two factors, and what is closed."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_lazy

from aktsom.core.accounts.adapters import SecondFactorAdapter
from aktsom.core.accounts.models import User
from tests.cast import Cast

PASSWORD = "blåbær-lykt-fjære-9"


@pytest.fixture
def head(cast: Cast) -> User:
    user = cast.person("head_teacher").user
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    user.refresh_from_db()
    return user


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to happen after commit happens at once, since a test never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda deed, *args, **kwargs: deed())


def enter(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/konto/login/", {"login": user.username, "password": password, **more})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> tuple[str, Any]:
    """Set up an app through the pages; return its secret and the last answer."""
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    return secret[1], client.post("/konto/2fa/totp/activate/", {"code": code_of(secret[1])})


def test_sign_in_page_is_ours_and_says_that_text_is_kept(db: None) -> None:
    page = Client().get("/konto/login/?next=/saker/").content.decode()

    assert re.search(r"<h1[^>]*>Logg inn</h1>", page)
    assert "Det du skrev mens du var logget inn, er tatt vare på." in page
    assert page.count('class="ds-label"') == 2
    assert 'value="/saker/"' in page
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page) == []


def test_wrong_password_is_explained_and_right_one_opens(head: User) -> None:
    client = Client()

    wrong = enter(client, head, "feil passord her")
    right = enter(client, head, next="/varsler/")

    assert "Brukernavnet og passordet hører ikke sammen." in wrong.content.decode()
    assert (wrong.status_code, right.status_code, right["Location"]) == (200, 302, "/varsler/")


def test_way_back_never_leads_to_another_site(head: User) -> None:
    answer = enter(Client(), head, next="https://ondt.example/")

    assert answer["Location"] == "/"


def test_five_wrong_tries_close_the_name_for_the_right_password_too(head: User) -> None:
    for _number in range(5):
        enter(Client(), head, "feil passord her")

    answer = enter(Client(), head)

    assert answer.status_code == 200
    assert "Det er prøvd for mange ganger." in answer.content.decode()


def test_tries_are_counted_in_the_database_that_all_workers_share(db: None) -> None:
    caches["default"].set("felles", 5, 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache WHERE cache_key LIKE %s", ["%felles%"])
        assert cursor.fetchone()[0] == 1


def test_password_alone_does_not_open_reports(head: User) -> None:
    client = Client()
    enter(client, head)

    answer = client.get("/meldinger/")
    explained = client.get(answer["Location"]).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/konto/to-faktorer/?next=%2Fmeldinger%2F")
    assert "Sett opp en app på telefonen" in explained


@pytest.mark.usefixtures("at_once")
def test_setting_up_an_app_opens_reports_at_once(head: User) -> None:
    client = Client()
    enter(client, head)

    _secret, answer = set_up_app(client)

    assert (answer.status_code, answer["Location"]) == (302, "/konto/2fa/recovery-codes/")
    assert client.get("/meldinger/").status_code == 200
    assert len(re.findall(r"<li><code>", client.get("/konto/2fa/recovery-codes/").content.decode())) == 10


def test_next_sign_in_asks_for_the_code_and_takes_no_wrong_one(head: User) -> None:
    first = Client()
    enter(first, head)
    set_up_app(first)
    client = Client()

    asked = enter(client, head)
    wrong = client.post("/konto/2fa/authenticate/", {"code": "000000"})
    before = client.get("/meldinger/").status_code
    codes = Authenticator.objects.get(user=head, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    right = client.post("/konto/2fa/authenticate/", {"code": codes[0]})
    again = Client()
    enter(again, head)
    used = again.post("/konto/2fa/authenticate/", {"code": codes[0]})

    assert asked["Location"] == "/konto/2fa/authenticate/"
    assert "Koden stemte ikke." in wrong.content.decode()
    assert (before, right.status_code, client.get("/meldinger/").status_code) == (302, 302, 200)
    assert used.status_code == 200


def test_secrets_of_second_factors_lie_sealed(head: User) -> None:
    client = Client()
    enter(client, head)
    secret, _answer = set_up_app(client)

    app = Authenticator.objects.get(user=head, type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(user=head, type=Authenticator.Type.RECOVERY_CODES)

    assert SecondFactorAdapter().decrypt(app.data["secret"]) == secret
    assert secret not in str(app.data)
    assert [code for code in codes.wrap().get_unused_codes() if code in str(codes.data)] == []
    assert codes.data["seed"].split(".")[0] == app.data["secret"].split(".")[0]


@pytest.mark.usefixtures("at_once")
def test_factor_used_before_a_reset_no_longer_counts(head: User) -> None:
    client = Client()
    enter(client, head)
    set_up_app(client)
    before = client.get("/meldinger/").status_code
    User.objects.filter(pk=head.pk).update(factors_reset_at=timezone.now())

    assert (before, client.get("/meldinger/").status_code) == (200, 302)


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/code/confirm/"])
def test_pages_of_the_library_that_are_not_for_us_do_not_exist(head: User, path: str) -> None:
    client = Client()
    enter(client, head)

    assert [client.get(f"/konto/{path}").status_code, client.post(f"/konto/{path}").status_code] == [404, 404]


def test_forgotten_password_sends_a_link_to_the_one_who_has_it_and_nothing_else(head: User) -> None:
    known = Client().post("/konto/password/reset/", {"email": head.email})
    sent = list(mail.outbox)
    unknown = Client().post("/konto/password/reset/", {"email": "ingen@example.invalid"})

    assert (known["Location"], unknown["Location"]) == ("/konto/password/reset/done/",) * 2
    assert [message.to for message in sent] == [[head.email]]
    assert mail.outbox == sent
    link = re.search(r"https?://[^/]+(/konto/password/reset/key/\S+)", str(sent[0].body))
    assert link is not None
    client = Client()
    form = client.get(link[1], follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": "ny-lykt-og-fjære-7", "password2": "ny-lykt-og-fjære-7"})
    assert answer.status_code == 302
    assert enter(Client(), head, "ny-lykt-og-fjære-7")["Location"] == "/"


def test_pages_are_kept_by_nobody_on_the_way(head: User) -> None:
    client = Client()
    enter(client, head)

    for path in ("/", "/konto/", "/konto/login/", "/varsler/"):
        answer = client.get(path)
        assert ("no-store" in answer["Cache-Control"], "camera=()" in answer["Permissions-Policy"]) == (True, True)


def test_session_is_over_after_thirty_idle_minutes(head: User, settings: Any) -> None:
    client = Client()
    enter(client, head)
    session = Session.objects.get()

    assert settings.SESSION_COOKIE_AGE == 1800
    assert 1700 < session.expire_date.timestamp() - time.time() <= 1800


def test_language_is_chosen_and_remembered(head: User) -> None:
    client = Client()
    enter(client, head)

    refused = client.post("/konto/sprak/", {"language": "xx"})
    answer = client.post("/konto/sprak/", {"language": "nn"})

    head.refresh_from_db()
    assert (refused.status_code, answer["Location"], head.language) == (422, "/konto/", "nn")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nn"
    again = Client()
    enter(again, head)
    assert again.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nn"


MANAGE = [
    "/konto/",
    "/konto/2fa/",
    "/konto/2fa/totp/activate/",
    "/konto/2fa/webauthn/",
    "/konto/2fa/webauthn/add/",
    "/konto/password/change/",
    "/konto/logout/",
    "/konto/reauthenticate/",
    "/konto/mine-utkast/",
    "/konto/to-faktorer/",
]


@pytest.mark.parametrize("path", MANAGE)
def test_account_pages_are_ours_with_nothing_inline(head: User, path: str) -> None:
    client = Client()
    enter(client, head)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})

    answer = client.get(path)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|\{\{|«mangler", page) == []


def test_recovery_codes_and_turning_off_are_ours_too(head: User) -> None:
    client = Client()
    enter(client, head)
    set_up_app(client)

    pages = ["/konto/2fa/", "/konto/2fa/recovery-codes/generate/", "/konto/2fa/totp/deactivate/", "/konto/2fa/reauthenticate/"]
    shown = [client.get(path).content.decode() for path in pages]

    headings = [re.findall(r"<h1[^>]*>(.*?)</h1>", page) for page in shown]
    assert headings == [["Innlogging i to trinn"], ["Lage nye koder?"], ["Slutte å bruke appen?"], ["Er det deg?"]]
    client.post("/konto/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=head).count() == 0


def test_lazy_words_stay_lazy() -> None:
    """A form's words are made when it is shown, so that the person's language counts."""
    from aktsom.core.accounts.forms import WORDS

    assert {type(words[0]) for words in WORDS.values()} == {type(gettext_lazy("x"))}

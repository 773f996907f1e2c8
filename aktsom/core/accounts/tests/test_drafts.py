"""Typed text is kept until it is sent, also past the end of the session, and by nobody but the one who typed it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from aktsom.core.accounts import drafts
from aktsom.core.accounts.models import Draft, User
from aktsom.core.timing.clock import now
from aktsom.core.vault.models import ContentKey
from tests.cast import Cast
from tests.signed_in import sign_in

KEEP = "/konto/utkast/?form=report.staff"
TEXT = "Jeg så at han sto alene hele friminuttet"


def test_draft_is_there_again_after_the_session_has_ended(cast: Cast) -> None:
    before = sign_in(cast, "contact_teacher")

    answer = before.post(KEEP, {"what_happened": TEXT, "topics": ["alone", "words"], "csrfmiddlewaretoken": "x", "empty": ""})
    before.post("/konto/logout/")

    user = cast.person("contact_teacher").user
    assert answer.status_code == 204
    assert drafts.initial_for(user, "report.staff") == {"what_happened": TEXT, "topics": ["alone", "words"]}
    assert TEXT in sign_in(cast, "contact_teacher").get("/meld/").content.decode()


def test_draft_belongs_to_the_one_who_typed_it(cast: Cast) -> None:
    sign_in(cast, "contact_teacher").post(KEEP, {"what_happened": TEXT})
    other = sign_in(cast, "teacher_without_relation")

    assert drafts.initial_for(cast.person("teacher_without_relation").user, "report.staff") == {}
    assert TEXT not in other.get("/konto/mine-utkast/").content.decode()
    other.post("/konto/mine-utkast/kast/", {"form": "report.staff"})
    assert drafts.initial_for(cast.person("contact_teacher").user, "report.staff") == {"what_happened": TEXT}


def test_draft_lies_sealed_in_the_database(cast: Cast) -> None:
    sign_in(cast, "contact_teacher").post(KEEP, {"what_happened": TEXT})

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM accounts_draft")
        stored = str(cursor.fetchone()[0])

    assert "friminuttet" not in stored


def test_dropped_draft_takes_its_key_with_it(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")
    client.post(KEEP, {"what_happened": TEXT})
    keys = ContentKey.objects.filter(kind="draft").count()

    client.post("/konto/mine-utkast/kast/", {"form": "report.staff"})

    assert (keys, ContentKey.objects.filter(kind="draft").count(), Draft.objects.count()) == (1, 0, 0)


def test_own_drafts_are_listed_with_their_page_and_beginning(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")
    client.post(
        KEEP,
        {"what_happened": TEXT + " og igjen" * 40},
        headers={"X-Page": "%2Fmeld%2F%3Fskole%3Dsolvik", "X-Page-Title": "Meld%20bekymring%20%E2%80%93%20Aktsom"},
    )

    (row,) = drafts.drafts_of(cast.person("contact_teacher").user)

    assert (row.title, row.path, row.beginning[:40], row.beginning[-2:]) == ("Meld bekymring", "/meld/?skole=solvik", TEXT, " …")
    page = client.get("/konto/mine-utkast/").content.decode()
    assert 'href="/meld/?skole=solvik"' in page
    assert "Meld bekymring" in page


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("/meld/", True),
        ("/saker/abc/?del=logg", True),
        ("//ondt.example/", False),
        ("https://ondt.example/", False),
        ("/\\ondt.example", False),
        ("", False),
    ],
)
def test_only_own_pages_become_links(page: str, own: bool) -> None:
    assert drafts.is_own_page(page) is own


@pytest.mark.parametrize("query", ["?form=", "?form=A%20B", "?form=../x", "", "?form=" + "a" * 200])
def test_draft_of_an_unknown_form_is_refused(cast: Cast, query: str) -> None:
    answer = sign_in(cast, "contact_teacher").post(f"/konto/utkast/{query}", {"what_happened": TEXT})

    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_draft_may_be_large_but_not_larger(cast: Cast) -> None:
    client = sign_in(cast, "contact_teacher")

    fits = client.post(KEEP, {"what": "x" * (drafts.LARGEST - len("what"))})
    too_much = client.post(KEEP, {"what": "x" * (drafts.LARGEST - len("what") + 1)})

    assert (fits.status_code, too_much.status_code) == (204, 422)


def test_drafts_that_come_too_often_are_refused_until_the_next_minute(cast: Cast) -> None:
    user = cast.person("contact_teacher").user
    with time_machine.travel(now().replace(second=5), tick=False) as clock:
        for number in range(drafts.MOST_A_MINUTE):
            drafts.keep_draft(user=user, form_key="report.staff", content={"what": [str(number)]})
        with pytest.raises(drafts.DraftRefused):
            drafts.keep_draft(user=user, form_key="report.staff", content={"what": ["en for mye"]})
        clock.shift(60)
        drafts.keep_draft(user=user, form_key="report.staff", content={"what": ["neste minutt"]})

    assert drafts.initial_for(user, "report.staff") == {"what": "neste minutt"}


def test_one_person_cannot_fill_the_database(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    user = cast.person("contact_teacher").user
    for name in ("a1", "b1"):
        drafts.keep_draft(user=user, form_key=name, content={"what": ["x"]})

    with pytest.raises(drafts.DraftRefused):
        drafts.keep_draft(user=user, form_key="c1", content={"what": ["x"]})
    drafts.keep_draft(user=user, form_key="b1", content={"what": ["y"]})


def test_password_is_never_kept(db: None) -> None:
    user = User.objects.create(username="ny")

    drafts.keep_draft(user=user, form_key="form", content={"password": ["hemmelig"], "code": ["123456"], "what": ["x"]})

    assert drafts.initial_for(user, "form") == {"what": "x"}


def test_draft_is_deleted_after_ninety_days_and_not_before(db: None) -> None:
    user = User.objects.create(username="ny")
    with time_machine.travel(now() - timedelta(days=91), tick=False):
        drafts.keep_draft(user=user, form_key="gammelt", content={"what": ["x"]})
    with time_machine.travel(now() - timedelta(days=89), tick=False):
        drafts.keep_draft(user=user, form_key="nyere", content={"what": ["x"]})

    assert drafts.forget_old_drafts() == 1
    assert [draft.form_key for draft in drafts.drafts_of(user)] == ["nyere"]


def test_draft_of_nobody_is_sent_to_sign_in(db: None) -> None:
    answer = Client().post(KEEP, {"what_happened": TEXT})

    assert (answer.status_code, Draft.objects.count()) == (302, 0)

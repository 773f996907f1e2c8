"""Cards to talk about together: their content, the rows they fit, and what a team wrote down."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from aktsom.core.access.actions import Action
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import today
from aktsom.plans.access import get_agreement
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY, LIBRARY_CODES
from aktsom.plans.models import TeamAgreement
from aktsom.plans.rules.reflection import fits, obstacles_to_agreeing
from aktsom.plans.selectors.areas import areas
from aktsom.plans.selectors.reflection import card_of, cards, cards_by_row, cards_of_row
from aktsom.plans.services import agree_in_team, follow_up_agreement
from tests.cast import Cast
from tests.signed_in import sign_in

TODAY = date(2026, 11, 21)


def test_every_area_has_a_card_and_every_card_has_something_to_ask() -> None:
    assert len({card.code for card in cards()}) == len(cards()) == 8
    assert {card.about for card in cards()} >= {area.about for area in areas()}
    assert all(len(card.questions) >= 4 and len(card.marks) >= 4 for card in cards())
    assert all(question.endswith(("?", ".")) for card in cards() for question in card.questions)


def test_community_card_has_the_four_marks() -> None:
    card = card_of("fellesskap")

    assert card is not None
    assert len(card.marks) == 4


def test_every_row_a_card_names_is_a_row_of_a_plan() -> None:
    from_plans = {line.split("\t")[1] for line in (LIBRARY / "rader.tsv").read_text("utf-8").splitlines() if "\t" in line}
    from_areas = {f"omr-{measure.code}" for area in areas() for measure in area.measures}

    for card in cards():
        for pattern in card.rows:
            alone = type(card)(card.code, "", "", (), (), rows=(pattern,))
            assert any(fits(alone, [source]) for source in from_plans | from_areas), (card.code, pattern)


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("STK-RT", ["relasjoner"]),
        ("STK-CK", ["klasseledelse"]),
        ("STK-C3", []),  # a talk with guardians in a case: near miss of STK-CI, STK-CK, STK-CT
        ("STK-HK", ["hjem"]),
        ("STK-N1", ["reagere"]),
        ("omr-læring-mål", ["læring"]),
        ("ROS-F14", ["medvirkning"]),
    ],
)
def test_card_fits_the_rows_it_is_about_and_no_other(source: str, codes: list[str]) -> None:
    assert [card.code for card in cards_of_row([source])] == codes


def test_every_plan_of_the_library_has_rows_to_talk_about() -> None:
    assert all(len(cards_by_row(library_content(code))) >= 3 for code in LIBRARY_CODES)


def test_agreeing_needs_words_possible_days_and_no_pupils_name() -> None:
    said: dict[str, Any] = {"text": "Vi hilser i døra.", "talked_on": TODAY, "follow_up_on": TODAY, "today": TODAY}

    assert obstacles_to_agreeing(**said) == []
    assert len(obstacles_to_agreeing(**said | {"text": "  "})) == 1
    assert len(obstacles_to_agreeing(**said | {"talked_on": TODAY + timedelta(days=1), "follow_up_on": None})) == 1
    assert len(obstacles_to_agreeing(**said | {"follow_up_on": TODAY - timedelta(days=1)})) == 1
    assert len(obstacles_to_agreeing(**said, names=["Kari Nordmann"])) == 1


def page(cast: Cast, code: str = "relasjoner") -> str:
    return f"/planen/snakk-sammen/{cast.school.public_id}/{code}/"


def words(**changes: str) -> dict[str, str]:
    return {
        "text": "Vi hilser på hver elev i døra.",
        "who": "Personalmøtet",
        "talked_on": f"{today():%d.%m.%Y}",
        "follow_up_on": "",
    } | changes


@pytest.mark.django_db
def test_qua_04_team_talks_writes_down_and_says_later_how_it_went(cast: Cast) -> None:
    teacher, colleague = sign_in(cast, "contact_teacher"), sign_in(cast, "teacher_without_relation")

    assert "Slik er en god relasjon" in teacher.get(f"/planen/snakk-sammen/{cast.school.public_id}/").content.decode()
    assert "Elevene stoler på de voksne" in teacher.get(page(cast)).content.decode()
    assert teacher.post(page(cast), words(follow_up_on=f"{today():%d.%m.%Y}")).status_code == 302
    agreement = TeamAgreement.objects.get()
    assert (agreement.card, agreement.who, agreement.written_by) == ("relasjoner", "Personalmøtet", cast.person("contact_teacher"))
    assert "Vi hilser på hver elev i døra." in colleague.get(page(cast)).content.decode()
    assert "Se på det dere ble enige om" in teacher.get("/").content.decode()
    assert "Se på det dere ble enige om" not in colleague.get("/").content.decode()

    follow = f"/planen/avtalt/{agreement.public_id}/"
    assert colleague.post(follow, {"outcome": ""}).status_code == 422
    assert colleague.post(follow, {"outcome": "Det virker."}).status_code == 302

    agreement.refresh_from_db()
    assert (agreement.outcome, agreement.followed_up_on) == ("Det virker.", today())
    assert "Se på det dere ble enige om" not in teacher.get("/").content.decode()
    assert [event.event for event in AuditEvent.objects.filter(event__startswith="team.").order_by("pk")] == [
        Event.TEAM_AGREED, Event.TEAM_FOLLOWED_UP,
    ]  # fmt: skip


@pytest.mark.django_db
def test_pupils_name_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    teacher, pupil = sign_in(cast, "contact_teacher"), str(cast.person("pupil"))

    answer = teacher.post(page(cast), words(text=f"Vi følger med på {pupil}s friminutt."))

    assert answer.status_code == 422
    assert "uten navn" in answer.content.decode()
    assert pupil in answer.content.decode()  # what was written is not lost
    assert TeamAgreement.objects.count() == 0
    assert teacher.post(page(cast), words(text="Vi følger med i friminuttet.")).status_code == 302


@pytest.mark.django_db
def test_only_the_writer_takes_it_away_and_nobody_outside_the_school_reads_it(cast: Cast) -> None:
    teacher = cast.actor("contact_teacher")
    said = agree_in_team(by=teacher, school=cast.school, card="hjem", who="Trinnet", talked_on=today(), text="Vi ringer hjem i oktober.")
    away = f"/planen/avtalt/{said.public_id}/slett/"

    assert sign_in(cast, "teacher_without_relation").post(away).status_code == 404
    for outside in ("owner_handler", "head_teacher_elsewhere"):
        with pytest.raises(OutOfReach):
            get_agreement(cast.actor(outside), Action.PLAN_SEE_DRAFT, said.public_id)
    assert "Vi ringer hjem" not in sign_in(cast, "owner_handler").get(page(cast, "hjem")).content.decode()
    assert Client().get(page(cast, "hjem")).status_code == 302
    assert sign_in(cast, "pupil").get(page(cast, "hjem")).status_code in {403, 404}

    assert sign_in(cast, "contact_teacher").post(away).status_code == 302
    assert TeamAgreement.objects.count() == 0
    assert AuditEvent.objects.filter(event=Event.TEAM_AGREEMENT_REMOVED).count() == 1


@pytest.mark.django_db
def test_follow_up_without_words_is_refused(cast: Cast) -> None:
    teacher = cast.actor("contact_teacher")
    said = agree_in_team(by=teacher, school=cast.school, card="hjem", who="Trinnet", talked_on=today(), text="Vi ringer hjem.")

    with pytest.raises(Refused):
        follow_up_agreement(by=teacher, agreement=said, outcome=" ")


@pytest.mark.django_db
def test_card_comes_as_one_sheet(cast: Cast) -> None:
    answer = sign_in(cast, "contact_teacher").get(f"{page(cast)}kort.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert sign_in(cast, "contact_teacher").get(page(cast, "finnes-ikke")).status_code == 404

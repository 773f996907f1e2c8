"""Who follows a pupil's case as guardian: ages, decisions on request, consent of age, and what an ended relation gives."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import today
from aktsom.people import selectors, services
from aktsom.people.access import follows
from aktsom.people.models import GuardianRequest, Guardianship, Person
from aktsom.people.rules import (
    AGE_SECTIONS,
    Age,
    GuardianRequestObstacle,
    RefusalGround,
    guardian_may_follow,
    obstacles_to_deciding_request,
    rights_at,
)
from tests.cast import BUILDER, Cast
from tests.signed_in import sign_in

NOW = date(2026, 11, 24)
ASKER = "guardian_without_responsibility"


def born(years: int) -> date:
    """Return a birth date that makes somebody this old today."""
    return today().replace(year=today().year - years, day=1, month=1) - timedelta(days=1)


def change(record: Any, **values: Any) -> None:
    """Write to a record the way a list from the roster would."""
    with unit_of_work(BUILDER, "test"):
        type(record).objects.filter(pk=record.pk).update(**values)
    record.refresh_from_db()


def follow(cast: Cast, name: str) -> bool:
    """Return whether one of the cast follows the pupil, as her account stands this minute."""
    return cast.person("pupil").pk in cast.actor(name).child_ids


def ask(cast: Cast) -> GuardianRequest:
    return services.ask_to_follow(by=cast.actor(ASKER), pupil=cast.person("pupil"), wish="Hvordan går det?")


def decide(cast: Cast, request: GuardianRequest, outcome: str, **more: Any) -> GuardianRequest:
    values = {"reason": "Slik vurderer skolen det.", "ground": RefusalGround.HARM if outcome == "refused" else ""}
    return services.decide_request(by=cast.actor("head_teacher"), request=request, outcome=outcome, **(values | more))


@given(
    birth=st.none() | st.dates(min_value=date(2000, 1, 1), max_value=NOW),
    responsible=st.booleans(),
    granted=st.booleans(),
    consent=st.booleans(),
)
def test_of_age_only_consent_counts_and_before_that_only_responsibility_or_a_decision(
    birth: date | None, responsible: bool, granted: bool, consent: bool
) -> None:
    may = guardian_may_follow(parental_responsibility=responsible, birth_date=birth, adult_consent=consent, day=NOW, granted=granted)

    of_age = Age.OF_AGE in rights_at(birth, NOW)
    assert may is (consent if of_age else responsible or granted)


@given(birth=st.dates(min_value=date(2000, 1, 1), max_value=NOW), later=st.integers(0, 4000))
def test_no_right_is_lost_by_growing_older(birth: date, later: int) -> None:
    assert set(rights_at(birth, NOW)) <= set(rights_at(birth, NOW + timedelta(days=later)))


def test_every_age_has_its_section_and_a_child_of_unknown_age_is_heard() -> None:
    assert set(AGE_SECTIONS) == set(Age)
    assert [int(age) for age in Age] == [0, 12, 15, 16, 18]
    assert rights_at(None, NOW) == [Age.NONE]
    assert rights_at(date(2011, 11, 24), NOW) == [Age.NONE, Age.GREAT_WEIGHT, Age.DECIDES_EDUCATION]
    assert rights_at(date(2011, 11, 25), NOW) == [Age.NONE, Age.GREAT_WEIGHT]


@pytest.mark.django_db
@pytest.mark.parametrize("age", [10, 17, 18, None])
@pytest.mark.parametrize("granted", [None, -1, 0, 5])
@pytest.mark.parametrize("consented", [True, False])
def test_database_and_rule_say_the_same_of_who_follows(cast: Cast, age: int | None, granted: int | None, consented: bool) -> None:
    change(cast.person("pupil"), birth_date=None if age is None else born(age))
    until = None if granted is None else today() + timedelta(days=granted)
    for name in ("guardian", ASKER):
        row = Guardianship.objects.get(guardian=cast.person(name))
        start = None if granted is None else today() - timedelta(days=9)
        change(row, granted_from=start, granted_until=until, adult_pupil_consented_on=today() if consented else None)

        by_rule = guardian_may_follow(
            parental_responsibility=row.parental_responsibility,
            birth_date=cast.person("pupil").birth_date,
            adult_consent=consented,
            granted=granted is not None and granted >= 0,
            day=today(),
        )

        assert Guardianship.objects.filter(follows(today()), pk=row.pk).exists() is by_rule
        assert follow(cast, name) is by_rule


@pytest.mark.django_db
def test_guardian_without_responsibility_follows_only_after_a_written_yes_and_until_its_last_day(cast: Cast) -> None:
    assert follow(cast, ASKER) is False

    request = ask(cast)
    assert follow(cast, ASKER) is False
    decide(cast, request, "granted", until=today() + timedelta(days=30))

    assert follow(cast, ASKER) is True
    change(Guardianship.objects.get(guardian=cast.person(ASKER)), granted_until=today() - timedelta(days=1))
    assert follow(cast, ASKER) is False


@pytest.mark.django_db
def test_no_leaves_the_door_shut_and_names_its_ground(cast: Cast) -> None:
    request = decide(cast, ask(cast), "refused")

    assert follow(cast, ASKER) is False
    assert (request.ground, request.granted_until) == (RefusalGround.HARM, None)
    assert Guardianship.objects.get(guardian=cast.person(ASKER)).granted_from is None


@pytest.mark.django_db
def test_guardian_with_an_ended_relation_follows_nothing_and_cannot_ask(cast: Cast) -> None:
    for name in ("guardian", ASKER):
        change(Guardianship.objects.get(guardian=cast.person(name)), valid_until=today() - timedelta(days=1))

    assert follow(cast, "guardian") is False
    with pytest.raises(Refused) as refused:
        ask(cast)
    assert refused.value.reasons == [GuardianRequestObstacle.NOT_GUARDIAN]
    assert selectors.wards_not_followed(cast.actor(ASKER)) == []


@pytest.mark.django_db
def test_asking_twice_or_with_access_already_or_about_a_strangers_child_is_refused(cast: Cast) -> None:
    ask(cast)

    for name, pupil, reason in (
        (ASKER, "pupil", GuardianRequestObstacle.OPEN),
        ("guardian", "pupil", GuardianRequestObstacle.FOLLOWS_ALREADY),
        ("guardian", "classmate", GuardianRequestObstacle.NOT_GUARDIAN),
    ):
        with pytest.raises(Refused) as refused:
            services.ask_to_follow(by=cast.actor(name), pupil=cast.person(pupil))
        assert refused.value.reasons == [reason]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["contact_teacher", "case_handler", "guardian", "pupil", "head_teacher_elsewhere", "owner_handler"])
def test_only_the_leadership_of_the_school_decides(cast: Cast, name: str) -> None:
    request = ask(cast)

    with pytest.raises((OutOfReach, NotAllowed)):
        services.decide_request(by=cast.actor(name), request=request, outcome="granted", reason="Ja.")


@pytest.mark.django_db
def test_head_teacher_never_decides_on_her_own_question(cast: Cast) -> None:
    with unit_of_work(BUILDER, "test"):
        Guardianship.objects.create(pupil=cast.person("classmate"), guardian=cast.person("head_teacher"), valid_from=today())
    request = services.ask_to_follow(by=cast.actor("head_teacher"), pupil=cast.person("classmate"))

    with pytest.raises(Refused) as refused:
        decide(cast, request, "granted")
    assert refused.value.reasons == [GuardianRequestObstacle.OWN]
    assert sign_in(cast, "head_teacher").get(reverse("people:guardian-decide", args=[request.public_id])).status_code == 404


def test_decision_lacks_are_named() -> None:
    values: dict[str, Any] = {
        "ground": "",
        "reason": "",
        "pupils_view": "",
        "birth_date": None,
        "until": None,
        "is_decided": False,
        "is_own": False,
        "today": NOW,
    }

    assert obstacles_to_deciding_request(outcome="", **values) == [GuardianRequestObstacle.NO_OUTCOME, GuardianRequestObstacle.NO_REASON]
    assert obstacles_to_deciding_request(outcome="refused", **(values | {"reason": "Nei."})) == [GuardianRequestObstacle.NO_GROUND]
    older = values | {"reason": "Ja.", "birth_date": date(2011, 1, 1)}
    assert obstacles_to_deciding_request(outcome="granted", **older) == [GuardianRequestObstacle.NO_PUPILS_VIEW]
    assert obstacles_to_deciding_request(outcome="granted", **(older | {"pupils_view": "Greit."})) == []


@pytest.mark.django_db
def test_pupil_of_age_says_yes_and_takes_it_back_and_a_younger_one_cannot(cast: Cast) -> None:
    row = Guardianship.objects.get(guardian=cast.person("guardian"))
    page = reverse("people:consent-set", args=[cast.person("guardian").public_id])

    assert sign_in(cast, "pupil").post(page, {"svar": "ja"}).status_code == 404
    change(cast.person("pupil"), birth_date=born(18))
    assert follow(cast, "guardian") is False

    sign_in(cast, "pupil").post(page, {"svar": "ja"})
    assert follow(cast, "guardian") is True
    assert follow(cast, ASKER) is False
    sign_in(cast, "pupil").post(page, {"svar": "nei"})

    assert follow(cast, "guardian") is False
    row.refresh_from_db()
    assert row.adult_pupil_consented_on is None
    written = AuditEvent.objects.filter(event__in=[Event.GUARDIAN_CONSENT_GIVEN, Event.GUARDIAN_CONSENT_WITHDRAWN])
    assert written.count() == 2


@pytest.mark.django_db
def test_neg_32_guardian_of_an_adult_pupil_follows_nothing_without_consent(cast: Cast) -> None:
    assert follow(cast, "guardian") is True

    change(cast.person("pupil"), birth_date=born(18))

    assert follow(cast, "guardian") is False
    assert sign_in(cast, "classmate").post(reverse("people:consent-set", args=[cast.person("guardian").public_id])).status_code == 404


@pytest.mark.django_db
def test_child_with_protected_address_is_never_named_to_one_who_may_not_follow(cast: Cast) -> None:
    shown = text_of(sign_in(cast, ASKER).get(reverse("people:guardian-ask")))
    assert " Ylva " in shown
    assert "Solvik" not in shown

    change(cast.person("pupil"), protected_address=True)

    hidden = text_of(sign_in(cast, ASKER).get(reverse("people:guardian-ask")))
    assert " Ylva " not in hidden
    assert "Solvik" not in hidden


@pytest.mark.django_db
def test_question_is_told_without_name_and_the_answer_reads_how_to_appeal(cast: Cast) -> None:
    sign_in(cast, ASKER).post(reverse("people:guardian-ask"), {"person": cast.person("pupil").public_id, "wish": "Alt."})
    request = GuardianRequest.objects.get()
    head = sign_in(cast, "head_teacher")

    page = reverse("people:guardian-decide", args=[request.public_id])
    assert Notice.objects.get(code="guardian.asked", person_ref=cast.person("head_teacher").pk).path == page
    head.post(page, {"outcome": "refused", "ground": "confidential", "reason": "Taushetsplikt."})
    answer = text_of(sign_in(cast, ASKER).get(reverse("people:guardian-answer", args=[request.public_id])))

    assert "Statsforvalteren" in answer
    assert "barnelova § 47" in answer
    assert "Taushetsplikt." in answer
    assert str(cast.person("guardian")) not in answer
    assert sign_in(cast, "guardian").get(reverse("people:guardian-answer", args=[request.public_id])).status_code == 404


@pytest.mark.django_db
def test_what_the_pupil_said_stays_out_of_the_letter(cast: Cast) -> None:
    request = decide(cast, ask(cast), "refused", pupils_view="Jeg er redd for Roar.")

    assert "redd" not in text_of(sign_in(cast, ASKER).get(reverse("people:guardian-answer", args=[request.public_id])))
    assert "redd" in text_of(sign_in(cast, "head_teacher").get(reverse("people:guardian-decide", args=[request.public_id])))


@pytest.mark.django_db
def test_question_on_paper_is_written_in_and_answered_by_the_same_letter(cast: Cast) -> None:
    head, school = sign_in(cast, "head_teacher"), cast.school.public_id
    page = reverse("people:request-write-in", args=[school])
    both = f"{cast.person('pupil').public_id}-{cast.person(ASKER).public_id}"

    assert both in head.get(f"{page}?navn=ylva").content.decode()
    assert f"{cast.person('pupil').public_id}-{cast.person('guardian').public_id}" not in head.get(f"{page}?navn=ylva").content.decode()
    head.post(f"{page}?navn=ylva", {"person": both, "wish": "Brev av i går."})

    request = GuardianRequest.objects.get()
    assert (request.on_paper, request.wish, request.guardian) == (True, "Brev av i går.", cast.person(ASKER))
    assert "Roar" in text_of(head.get(reverse("people:guardian-requests", args=[school])))
    assert sign_in(cast, "teacher_of_others").get(reverse("people:guardian-requests", args=[school])).status_code == 403


@pytest.mark.django_db
def test_help_outside_is_written_in_by_the_school_and_taken_away(cast: Cast) -> None:
    head, page = sign_in(cast, "head_teacher"), reverse("people:help-set", args=[cast.school.public_id])
    from aktsom.schools.selectors import help_contacts

    head.post(page, {"kind": "ombud", "ombud-name": "Mobbeombudet i Solfylket", "ombud-phone": "00 00 00 02", "ombud-web": ""})
    assert {kind: contact.name for kind, contact in help_contacts(cast.school.pk).items()} == {"ombud": "Mobbeombudet i Solfylket"}

    assert head.post(page, {"kind": "ombud", "ombud-name": "X", "ombud-web": "javascript:alert(1)"}).status_code == 422
    head.post(page, {"kind": "ombud", "ombud-name": ""})
    assert help_contacts(cast.school.pk) == {}
    assert sign_in(cast, "contact_teacher").get(page).status_code in {403, 404}


@pytest.mark.django_db
def test_lists_of_pupil_without_guardians_are_said_plainly(cast: Cast) -> None:
    change(cast.person("pupil"), birth_date=born(18))

    assert "Maja" in text_of(sign_in(cast, "pupil").get(reverse("people:own-guardians")))
    assert "Fra du er 18 år" in text_of(sign_in(cast, "classmate").get(reverse("people:own-guardians")))
    assert Person.objects.filter(pk=cast.person("pupil").pk, birth_date=born(18)).exists()


def text_of(response: Any) -> str:
    html = response.content.decode()
    assert "«mangler" not in html
    assert len(re.findall("<h1", html)) == 1
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "offered"), [("guardian", True), (ASKER, True), ("pupil", False), ("head_teacher", False)])
def test_guardians_are_led_to_where_they_can_ask(cast: Cast, name: str, offered: bool) -> None:
    assert (reverse("people:guardian-ask") in sign_in(cast, name).get("/").content.decode()) is offered

"""Talks: one pupil, one family at a time; prompts shown and never asked for; minutes let out by a person; agreements followed up."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from aktsom.cases.models import Case
from aktsom.cases.models.conversations import Agreement, Conversation, PromptSet
from aktsom.cases.rules import GuardianDecision, PartKind
from aktsom.cases.rules.conversations import (
    AgreementObstacle,
    AgreementOutcome,
    ConversationKind,
    ConversationObstacle,
    ConversationState,
    ReleaseObstacle,
)
from aktsom.cases.rules.prompts import BUILT_IN
from aktsom.cases.selectors import conversations as talks
from aktsom.cases.selectors.family_minutes import OwnTalk, own_minutes, own_talks
from aktsom.cases.services import add_part, decide_on_guardians
from aktsom.cases.services import conversations as services
from aktsom.cases.tests.factories import building, make_case, tell_pupil
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.timing.clock import today
from aktsom.people.models import Guardianship, Person
from tests.cast import Cast, build_cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def part_of(case: Case, kind: PartKind = PartKind.PUPIL) -> Any:
    return case.parts.get(kind=kind)


def planned(cast: Cast, case: Case, *, part: Any = None, by: str = "head_teacher", **wishes: Any) -> Conversation:
    wanted = {"kind": ConversationKind.EXPOSED, "held_on": today(), "guests": [cast.person("pupil")]} | wishes
    return services.plan_conversation(by=cast.actor(by), case=case, part=part or part_of(case), draft=services.ConversationPlan(**wanted))


def refusal(deed: Any) -> list[Any]:
    with pytest.raises(Refused) as caught:
        deed()
    return list(caught.value.reasons)


def test_talk_is_planned_written_and_let_out_to_those_who_were_there(cast: Cast, case: Case) -> None:
    by, talk = cast.actor("head_teacher"), planned(cast, case)
    services.write_minutes(
        by=by, case=case, talk=talk, held_on=today(), minutes="Vi avtalte ny plass.", answers={"Hva skjer?": "Dytting", "Annet?": " "}
    )
    assert own_minutes(cast.actor("pupil"), case) == []

    services.release_minutes(by=by, case=case, talk=talk, names=[])

    assert [row.text for row in own_minutes(cast.actor("pupil"), case)] == ["Vi avtalte ny plass."]
    assert Conversation.objects.get().answers == {"Hva skjer?": "Dytting"}
    again = refusal(lambda: services.write_minutes(by=by, case=case, talk=talk, held_on=today(), minutes="Noe annet"))
    assert again == [ConversationObstacle.RELEASED]


def test_neg_two_pupils_in_one_talk_is_refused(cast: Cast, case: Case) -> None:
    both = [cast.person("pupil"), cast.person("classmate")]

    assert refusal(lambda: planned(cast, case, guests=both)) == [ConversationObstacle.ONE_AT_A_TIME]
    assert refusal(lambda: planned(cast, case, kind=ConversationKind.RESTORING, guests=both)) == [ConversationObstacle.PUPIL_MUST_WISH]
    assert (
        planned(cast, case, kind=ConversationKind.RESTORING, guests=both, wished_by="Eleven selv, 3. november").state
        == ConversationState.PLANNED
    )


def test_harming_talk_belongs_in_that_pupils_own_part(cast: Cast, case: Case) -> None:
    assert refusal(lambda: planned(cast, case, kind=ConversationKind.HARMING)) == [ConversationObstacle.WRONG_PART]
    theirs = add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))

    talk = planned(cast, case, part=theirs, kind=ConversationKind.HARMING, guests=[cast.person("other_party")])

    assert talk.part_id == theirs.pk


def test_minutes_need_one_word_and_no_prompt(cast: Cast, case: Case) -> None:
    by, talk = cast.actor("head_teacher"), planned(cast, case)

    assert refusal(lambda: services.write_minutes(by=by, case=case, talk=talk, held_on=today(), minutes=" ")) == [
        ConversationObstacle.NO_MINUTES
    ]
    late = refusal(lambda: services.write_minutes(by=by, case=case, talk=talk, held_on=today() + timedelta(days=1), minutes="Hei"))
    assert late == [ConversationObstacle.NOT_YET]


def test_names_of_others_stop_minutes_until_a_person_says_why(cast: Cast, case: Case) -> None:
    add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    by, talk = cast.actor("head_teacher"), planned(cast, case)
    other = cast.person("other_party")
    services.write_minutes(by=by, case=case, talk=talk, held_on=today(), minutes=f"{other.given_name} {other.family_name} dyttet.")

    names = talks.names_in_minutes(by, case, talk)

    assert names != []
    assert refusal(lambda: services.release_minutes(by=by, case=case, talk=talk, names=names)) == [ReleaseObstacle.NAMES_FOUND]
    services.release_minutes(by=by, case=case, talk=talk, names=names, reason="Eleven nevner navnet selv.")


def test_talk_that_came_to_nothing_is_kept(cast: Cast, case: Case) -> None:
    by, talk = cast.actor("head_teacher"), planned(cast, case)

    services.call_off(by=by, case=case, talk=talk, why="Eleven var syk.")

    assert Conversation.objects.get().state == ConversationState.OFF
    with pytest.raises(Refused):
        services.call_off(by=by, case=case, talk=talk, why="Igjen")


def test_agreement_has_a_coming_day_and_is_settled_once(cast: Cast, case: Case) -> None:
    by, part = cast.actor("head_teacher"), part_of(case)

    refused = refusal(lambda: services.make_agreement(by=by, case=case, part=part, text=" ", follow_up_on=today()))
    assert refused == [AgreementObstacle.NO_TEXT, AgreementObstacle.FOLLOW_UP_PASSED]
    agreement = services.make_agreement(by=by, case=case, part=part, text="Slutte å dytte", follow_up_on=today() + timedelta(days=7))
    services.settle_agreement(by=by, case=case, agreement=agreement, outcome=AgreementOutcome.BROKEN)

    settled = refusal(lambda: services.settle_agreement(by=by, case=case, agreement=agreement, outcome=AgreementOutcome.KEPT))
    assert settled == [AgreementObstacle.SETTLED]


def test_schools_own_prompts_stand_instead_and_can_be_taken_away(cast: Cast) -> None:
    by, kind = cast.actor("head_teacher"), ConversationKind.EXPOSED
    services.write_prompts(by=by, school=cast.school, kind=kind, before="", during="Hva trenger du?\n\nHvem er du med?", after="")
    own = talks.prompts_for(cast.school.pk, kind)
    assert (own.during, own.is_own) == (("Hva trenger du?", "Hvem er du med?"), True)

    services.write_prompts(by=by, school=cast.school, kind=kind, before="", during=" ", after="")

    assert not PromptSet.objects.exists()
    assert talks.prompts_for(cast.school.pk, kind).is_own is False


def test_every_kind_has_prompts() -> None:
    assert set(BUILT_IN) == set(ConversationKind)
    assert all(prompts.before and prompts.during and prompts.after for prompts in BUILT_IN.values())


@pytest.mark.parametrize("name", ["teacher_of_others", "head_teacher_elsewhere", "guardian", "pupil", "classmate"])
def test_others_meet_no_talk(cast: Cast, case: Case, name: str) -> None:
    talk = planned(cast, case)

    with pytest.raises((OutOfReach, NotAllowed)):
        services.write_minutes(by=cast.actor(name), case=case, talk=talk, held_on=today(), minutes="Nei")
    assert sign_in(cast, name).get(f"/saker/{case.public_id}/samtaler/{talk.public_id}/").status_code in {403, 404}


def test_whole_talk_through_the_pages(cast: Cast, case: Case) -> None:
    head: Client = sign_in(cast, "head_teacher")
    part = part_of(case)
    base = f"/saker/{case.public_id}/"
    sent = {"kind": "exposed", "held_on": today().isoformat(), "guests": [cast.person("pupil").public_id]}

    assert head.post(f"{base}deler/{part.public_id}/samtale/", sent).status_code == 302
    talk = Conversation.objects.get()
    assert "La eleven fortelle med egne ord" in head.get(f"{base}samtaler/{talk.public_id}/").content.decode()
    written = {"held_on": today().isoformat(), "minutes": "Vi snakket om friminuttene.", "answer_0": "Ja"}
    assert head.post(f"{base}samtaler/{talk.public_id}/skriv/", written).status_code == 302
    assert head.post(f"{base}samtaler/{talk.public_id}/gi-ut/", {"reason": ""}).status_code == 302
    agreed = {"text": "Sitte sammen", "follow_up_on": (today() + timedelta(days=5)).isoformat()}
    assert head.post(f"{base}deler/{part.public_id}/avtale/", agreed).status_code == 302
    agreement = Agreement.objects.get()
    answer = head.post(f"{base}avtaler/{agreement.public_id}/", {"outcome": "broken", "text": ""})
    assert answer.url == f"{base}deler/{part.public_id}/samtale/"
    page = head.get(f"{base}samtaler/").content.decode()
    assert "Avtalen er brutt" in page
    assert "Gitt ut" in page


def test_nobody_is_chosen_as_reader_of_a_talk_before_somebody_chooses(cast: Cast, case: Case) -> None:
    page = sign_in(cast, "head_teacher").get(f"/saker/{case.public_id}/deler/{part_of(case).public_id}/samtale/")

    guests = list(page.context["form"]["guests"])
    assert [guest.choice_label for guest in guests][:1] == ["Ylva Ylvasen"]
    assert [guest.data["attrs"].get("checked") for guest in guests] == [None] * len(guests)
    assert "kan lese referatet når det er gitt ut" in page.content.decode()


def test_prompts_are_changed_through_the_page(cast: Cast) -> None:
    head = sign_in(cast, "head_teacher")
    address = f"/samtalehjelp/{cast.school.public_id}/harming/"

    assert "En elev som må slutte med noe" in head.get(address).content.decode()
    assert head.post(address, {"before": "", "during": "Hva skjedde?", "after": ""}).status_code == 302
    assert "Hva skjedde?" in head.get(f"/samtalehjelp/{cast.school.public_id}/").content.decode()
    assert sign_in(cast, "contact_teacher").get(address).status_code in {403, 404}


def test_plans_own_prompts_stand_until_the_school_writes_its_own() -> None:
    cast = build_cast(procedure="steinkjer")
    school = cast.school
    harming = talks.prompts_for(school.pk, ConversationKind.HARMING)
    involved = talks.prompts_for(school.pk, ConversationKind.INVOLVED)

    assert "Snakk med én om gangen, også når det er flere." in harming.before
    assert (harming.is_of_plan, involved.is_of_plan, involved.is_own) == (True, False, False)
    services.write_prompts(
        by=cast.actor("head_teacher"), school=school, kind=ConversationKind.HARMING, before="", during="Hva skjedde?", after=""
    )
    assert talks.prompts_for(school.pk, ConversationKind.HARMING).during == ("Hva skjedde?",)


def two_homes(cast: Cast) -> tuple[Any, Any]:
    """Return two guardians of the pupil who live apart, both with parental responsibility."""
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=True)
    return cast.person("guardian"), cast.person("guardian_without_responsibility")


def test_two_guardians_each_have_their_own_next_talk_on_the_same_day(cast: Cast, case: Case) -> None:
    by, again = cast.actor("head_teacher"), today() + timedelta(days=9)
    for guardian in two_homes(cast):
        talk = planned(cast, case, kind=ConversationKind.EXPOSED_GUARDIANS, guests=[guardian])
        for _time in range(2):  # written twice, the next talk is still one
            services.write_minutes(by=by, case=case, talk=talk, held_on=today(), minutes="Vi snakket sammen.", next_on=again)

    coming = Conversation.objects.filter(held_on=again).order_by("id")
    assert [[guest.person.given_name for guest in talk.guests.all()] for talk in coming] == [["Maja"], ["Roar"]]


def test_family_sees_the_next_talk_it_is_asked_to_and_no_others(cast: Cast, case: Case) -> None:
    guardian, apart = two_homes(cast)
    case.refresh_from_db()
    day, place = today() + timedelta(days=2), f"Rom 4, {cast.school.name}"
    planned(cast, case, held_on=day, held_at=time(9, 30), place=place)
    planned(cast, case, kind=ConversationKind.EXPOSED_GUARDIANS, held_on=day, place=place, guests=[guardian])
    planned(cast, case, kind=ConversationKind.EXPOSED_GUARDIANS, held_on=today() - timedelta(days=1), guests=[apart])

    shown = {name: own_talks(cast.actor(name), case) for name in ("pupil", "guardian", "guardian_without_responsibility")}

    head = str(cast.person("head_teacher"))
    assert shown == {
        "pupil": [OwnTalk(day, time(9, 30), place, head)],
        "guardian": [OwnTalk(day, None, "Rom 4, […]", head)],
        "guardian_without_responsibility": [],
    }
    tell_pupil(cast, case)
    page = sign_in(cast, "pupil").get(f"/min-sak/{case.public_id}/").content.decode()
    assert f"Du skal snakke med {head}" in page
    assert "kl. 09.30" in page


def test_page_that_lets_minutes_out_says_who_then_reads_them(cast: Cast, case: Case) -> None:
    guardian, _apart = two_homes(cast)
    theirs = add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    tell_pupil(cast, case)
    decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision=GuardianDecision.TOLD, told_on=today())
    written: dict[str, str] = {}
    for name, part, kind, guests in (
        ("pupil", None, ConversationKind.EXPOSED, []),
        ("guardian", None, ConversationKind.EXPOSED_GUARDIANS, [guardian]),
        ("nobody", None, ConversationKind.EXPOSED_GUARDIANS, []),
        ("other", theirs, ConversationKind.INVOLVED, [cast.person("other_party")]),
    ):
        talk = planned(cast, case, part=part, kind=kind, guests=guests)
        services.write_minutes(by=cast.actor("head_teacher"), case=case, talk=talk, held_on=today(), minutes="Vi snakket.")
        page = sign_in(cast, "head_teacher").get(f"/saker/{case.public_id}/samtaler/{talk.public_id}/gi-ut/").content.decode()
        written[name] = page

    assert all("Vi snakket." in page and "navn på andre?" not in page for page in written.values())
    assert "Etterpå kan disse lese det: Ylva Ylvasen." in written["pupil"]
    assert "Etterpå kan disse lese det: Maja Ylvasen." in written["guardian"]
    assert "Ingen i familien er krysset av" in written["nobody"]
    assert "har ingen egne sider i saken" in written["other"]


def test_page_that_plans_a_talk_says_what_guests_see_and_that_two_homes_have_a_talk_each(cast: Cast, case: Case) -> None:
    two_homes(cast)
    theirs = add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    client = sign_in(cast, "head_teacher")

    own, other = (
        client.get(f"/saker/{case.public_id}/deler/{part.public_id}/samtale/").content.decode() for part in (part_of(case), theirs)
    )

    assert "ser dag, tid og sted på sin egen side" in own
    assert "Foresatte bor hver for seg. Avtal en egen samtale med hver av dem" in own
    assert "De har ingen egne sider i saken." in other
    assert "Foresatte bor hver for seg." not in other


def test_reason_is_asked_for_on_the_page_only_when_names_of_others_stand_in_the_minutes(cast: Cast, case: Case) -> None:
    other = cast.person("other_party")
    add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.INVOLVED_PUPIL, person=other)
    talk = planned(cast, case)
    services.write_minutes(by=cast.actor("head_teacher"), case=case, talk=talk, held_on=today(), minutes=f"{other} dyttet.")
    client, address = sign_in(cast, "head_teacher"), f"/saker/{case.public_id}/samtaler/{talk.public_id}/gi-ut/"

    page, refused = client.get(address).content.decode(), client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "Eleven nevner navnet selv."})

    assert "Hvorfor kan det gis ut med navn på andre?" in page
    assert (refused.status_code, done.status_code) == (422, 302)

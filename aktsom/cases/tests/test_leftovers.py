"""No plan needed, Statsforvalteren, the school's own steps, who is proposed, and two people at once in the investigation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.cases import selectors, services
from aktsom.cases.models import Analysis, Case, Note, StepMark
from aktsom.cases.rules import CaseFacts, CaseState, ClosingReason, HearingOutcome, NoteKind, RoadState, RoadStep, StepCode, road
from aktsom.cases.rules.procedure import (
    Consideration,
    GovernorObstacle,
    MarkObstacle,
    NoPlanObstacle,
    ProcedureFacts,
    obstacles_to_marking,
    obstacles_to_no_plan,
    own_steps,
)
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.voice import HearingDraft
from aktsom.cases.tests.factories import building, make_case, make_report, plan_of, pupil_part, put_plan_in_force, tell_pupil
from aktsom.core.access.door import NotAllowed, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.calendar import add_working_days
from aktsom.core.timing.clock import now, today
from aktsom.measures.rules import PupilAnswer
from aktsom.plans.loading import LIBRARY, library_procedure
from aktsom.plans.models import ChosenProcedure
from aktsom.plans.rules import STEPS_OF_THE_ACT, CaseStep
from aktsom.reports.models import OwnerNotice
from aktsom.reports.rules import NoticePurpose, Route
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]


@pytest.fixture
def enter(cast: Cast) -> Enter:
    return lambda name: sign_in(cast, name)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(name: str, *args: str) -> str:
    return reverse(f"cases:{name}", args=args)


def investigated(cast: Cast) -> Case:
    """A case in which the pupil was heard and something was found out."""
    case = make_case(cast)
    by, part = cast.actor("case_handler"), pupil_part(case)
    draft = NoteDraft(kind=NoteKind.CONVERSATION, happened_at=now(), text="Klassen visste ikke om det.")
    services.add_note(by=by, case=case, part=part, draft=draft)
    heard = HearingDraft(outcome=HearingOutcome.HEARD, held_on=today(), pupils_words="Det var en misforståelse.")
    services.write_hearing(by=by, case=case, part=part, draft=heard)
    return case


def decide(cast: Cast, case: Case, by: str = "head_teacher", **changes: Any) -> None:
    values = {"pupil_answer": PupilAnswer.SAFE, "pupil_words": "Jeg har det fint.", "reason": "Ingenting må gjøres."}
    services.decide_no_plan(by=cast.actor(by), case=case, **(values | changes))


# No plan needed (ACT-06, AMB-04)


@settings(max_examples=40)
@given(hearing=st.sampled_from(["", *HearingOutcome.values]), notes=st.integers(0, 1), analysis=st.booleans())
def test_no_plan_rests_on_an_investigation_and_the_pupils_own_words(hearing: str, notes: int, analysis: bool) -> None:
    found = obstacles_to_no_plan(state=CaseState.OPEN, pupil_hearing=hearing, notes=notes, has_analysis=analysis)

    assert (found == []) == (hearing == HearingOutcome.HEARD and (notes > 0 or analysis))


def test_act_06_case_without_plan_is_decided_shown_and_closed_on_the_pupils_own_answer(cast: Cast, enter: Enter) -> None:
    case = investigated(cast)
    client, where = enter("head_teacher"), address("no-plan-decide", case.public_id)

    refused = client.post(where, {"pupil_answer": "better", "pupil_words": "Litt bedre.", "reason": "Vi venter."})
    client.post(where, {"pupil_answer": "safe", "pupil_words": "Jeg har det fint.", "reason": "Ingenting må gjøres."})

    shown = text_of(client.get(address("case-detail", case.public_id)))
    assert refused.status_code == 422
    assert "Da skal dere sette inn tiltak, og da trengs planen" in text_of(refused)
    assert "Det er bestemt at det ikke trengs en plan" in shown
    assert selectors.case_standing(cast.actor("head_teacher"), case).step.code == StepCode.CLOSE
    services.close_case(by=cast.actor("head_teacher"), case=case, reason=ClosingReason.SAFE, note="Ylva har det fint.")
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_act_06_no_plan_is_refused_before_the_pupil_is_heard_and_for_the_handler(cast: Cast) -> None:
    case = make_case(cast)

    with pytest.raises(Refused) as refused:
        decide(cast, case)
    with pytest.raises(NotAllowed):
        decide(cast, case, by="case_handler")

    assert refused.value.reasons == [NoPlanObstacle.NOT_HEARD, NoPlanObstacle.NOT_INVESTIGATED]
    assert plan_of(case).not_needed.count() == 0


def test_act_06_something_new_after_the_choice_keeps_the_case_open(cast: Cast) -> None:
    case = investigated(cast)
    decide(cast, case)
    services.join_report(by=cast.actor("head_teacher"), case=case, report=make_report(cast))

    with pytest.raises(Refused):
        services.close_case(by=cast.actor("head_teacher"), case=case, reason=ClosingReason.SAFE, note="Alt er bra.")

    standing = selectors.case_standing(cast.actor("head_teacher"), case)
    assert (standing.facts.none_needed, standing.step.code == StepCode.CLOSE) == (False, False)


def test_road_without_a_plan_says_that_it_is_not_needed() -> None:
    states = dict(road(CaseFacts(has_handler=True, pupil_hearing=HearingOutcome.HEARD, notes=1, none_needed=True)))

    assert [step for step, state in states.items() if state == RoadState.NOT_NEEDED] == [
        RoadStep.PLANNED,
        RoadStep.CARRIED_OUT,
        RoadStep.EVALUATED,
    ]


# Statsforvalteren takes the case up (ESC-04)


def test_esc_04_case_statsforvalteren_takes_up_is_serious_and_the_owner_is_told(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client = enter("head_teacher")

    client.post(address("governor-note", case.public_id), {"known_on": today().isoformat(), "text": "Ber om en redegjørelse."})

    case.refresh_from_db()
    assert case.is_serious
    notice = OwnerNotice.objects.get()
    assert (notice.purpose, notice.reason) == (NoticePurpose.SERIOUS, "Statsforvalteren har tatt opp saken.")
    assert set(Notice.objects.filter(code="owner.notice").values_list("person_ref", flat=True)) == {cast.person("owner_handler").pk}
    assert cast.person("case_handler").pk in Notice.objects.filter(code="case.governor").values_list("person_ref", flat=True)
    assert "Ingenting i saken venter på Statsforvalteren." in text_of(client.get(address("case-detail", case.public_id)))
    assert AuditEvent.objects.filter(event=Event.CASE_GOVERNOR_NOTED, file_id=case.public_id).count() == 1


def test_esc_04_owner_told_before_is_told_of_this_too_and_it_is_written_once(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF)
    services.note_governor(by=cast.actor("head_teacher"), case=case, known_on=today())

    with pytest.raises(Refused) as refused:
        services.note_governor(by=cast.actor("head_teacher"), case=case, known_on=today() + timedelta(days=1))

    assert refused.value.reasons == [GovernorObstacle.NOTED, GovernorObstacle.LATER]
    assert cast.person("owner_handler").pk in Notice.objects.filter(code="case.governor").values_list("person_ref", flat=True)


# The school's own steps (INV-08, 10, 11, 12, 14; PLN-01)


@settings(max_examples=40)
@given(
    code=st.sampled_from(["storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"]), heard=st.booleans(), notes=st.integers(0, 1)
)
def test_own_steps_keep_the_plans_order_and_show_one_that_waits(code: str, heard: bool, notes: int) -> None:
    steps = library_procedure(code).steps
    facts = CaseFacts(pupil_hearing=HearingOutcome.HEARD if heard else "", notes=notes)

    shown = own_steps(steps, facts, ProcedureFacts())

    assert tuple(step for step, _state in shown) == steps
    assert [state for _step, state in shown].count(RoadState.NOW) == 1


def test_own_steps_follow_what_is_done_and_what_was_not_needed() -> None:
    facts = CaseFacts(has_handler=True, pupil_hearing=HearingOutcome.HEARD, notes=1)
    marks = {Consideration.TEAM.value: False}

    states = dict(own_steps((*STEPS_OF_THE_ACT, CaseStep.TEAM), facts, ProcedureFacts(marks=marks)))

    assert states == {
        CaseStep.NOTICE: RoadState.DONE,
        CaseStep.INTERVENE: RoadState.MISSING,
        CaseStep.REPORT: RoadState.DONE,
        CaseStep.INVESTIGATE: RoadState.DONE,
        CaseStep.PLAN: RoadState.NOW,
        CaseStep.TELL_OWNER: RoadState.NOT_NEEDED,
        CaseStep.CARRY_OUT: RoadState.LATER,
        CaseStep.EVALUATE: RoadState.LATER,
        CaseStep.TEAM: RoadState.NOT_NEEDED,
    }


def test_own_steps_after_a_reopening_lead_back_to_the_plan() -> None:
    facts = CaseFacts(has_handler=True, pupil_hearing=HearingOutcome.HEARD, notes=1, evaluations=2, measures=1, plan_state="draft")

    states = dict(own_steps(STEPS_OF_THE_ACT, facts, ProcedureFacts()))

    assert (states[CaseStep.PLAN], states[CaseStep.EVALUATE], states[CaseStep.INTERVENE]) == (
        RoadState.NOW,
        RoadState.DONE,
        RoadState.MISSING,
    )


def test_overview_shows_the_schools_own_procedure_and_what_its_plan_says(cast: Cast, enter: Enter) -> None:
    case = investigated(cast)
    services.tell_rights(by=cast.actor("case_handler"), case=case, told_on=today())

    shown = text_of(enter("case_handler").get(address("case-detail", case.public_id)))

    assert "Skolens egen framgangsmåte" in shown
    assert "Varsle eieren når det er alvorlig Trengs ikke" in shown
    assert "Planen (Storhamar videregående skole) sier: Avdelingsleder og rektor vurderer ut fra undersøkelsen" in shown


@pytest.mark.parametrize("step", Consideration.values)
def test_inv_08_10_11_and_12_step_is_marked_and_shown_and_not_needed_asks_why(cast: Cast, enter: Enter, step: str) -> None:
    case = make_case(cast)
    client, where = enter("case_handler"), address("step-mark", case.public_id, step)

    refused = client.post(where, {"was_needed": "nei", "on": today().isoformat(), "text": ""})
    client.post(where, {"was_needed": "ja", "on": today().isoformat(), "text": "Tatt opp i teamet."})

    assert "Skriv kort hvorfor det ikke trengs her" in text_of(refused)
    assert [(mark.step, mark.was_needed, mark.text) for mark in StepMark.objects.all()] == [(step, True, "Tatt opp i teamet.")]
    assert "Tatt opp i teamet." in text_of(client.get(address("case-investigation", case.public_id)))
    assert AuditEvent.objects.filter(event=Event.CASE_STEP_MARKED, file_id=case.public_id).count() == 1
    assert client.get(address("step-mark", case.public_id, "noe-annet")).status_code == 404


def test_marking_needs_a_reason_only_when_it_was_not_needed() -> None:
    day = today()

    assert obstacles_to_marking(was_needed=True, text="", on=day, today=day) == []
    assert obstacles_to_marking(was_needed=False, text="", on=day + timedelta(days=1), today=day) == [
        MarkObstacle.LATER,
        MarkObstacle.NO_REASON,
    ]


def test_inv_04_and_inv_16_analysis_says_how_thorough_what_keeps_it_going_and_what_was_believed(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    texts = {"needed": "Ro.", "maintaining": "Gruppechatten.", "own_view": "Vi trodde det var lek.", "thoroughness": "To samtaler er nok."}
    client = enter("case_handler")

    client.post(address("analysis-add", case.public_id), texts)

    written = Analysis.objects.get()
    assert {name: getattr(written, name) for name in texts} == texts
    shown = text_of(client.get(address("case-investigation", case.public_id)))
    assert [words for words in texts.values() if words not in shown] == []


# Who is proposed, and who can be chosen


def test_staff_case_proposes_whom_the_plan_names_for_staff_cases_and_not_the_colleagues(cast: Cast) -> None:
    arguments = {"school_id": cast.school.pk, "owner_id": cast.owner.pk, "is_withheld": False, "pupil": cast.person("pupil")}

    ordinary = selectors.proposed_handlers(**arguments, barred=frozenset())
    about_staff = selectors.proposed_handlers(**arguments, barred=frozenset(), is_about_staff=True)

    assert cast.person("contact_teacher") in ordinary
    assert cast.person("contact_teacher") not in about_staff
    assert about_staff[0] == cast.person("head_teacher")


def test_anybody_who_works_there_can_be_set_to_work_with_the_case_and_never_the_accused(cast: Cast, enter: Enter) -> None:
    report = make_report(cast, route=Route.STAFF, accused=("teacher_without_relation",))
    client, where = enter("head_teacher"), f"{address('case-open')}?melding={report.public_id}"

    shown = client.get(where).content.decode()
    sent = {"pupil": cast.person("pupil").public_id, "other": cast.person("teacher_of_others").public_id}
    client.post(where, sent)

    assert cast.person("teacher_without_relation").public_id not in shown
    assert [worker.person for worker in Case.objects.get().workers.all()] == [cast.person("teacher_of_others")]


def test_clock_of_the_investigation_follows_the_number_the_school_has_set_itself(cast: Cast) -> None:
    rule = "{antall: 2, enhet: virkedager, regel: Vi begynner innen to virkedager.}"
    text = (LIBRARY / "storhamar.yaml").read_text(encoding="utf-8").replace("undersøkelse:\n", f"undersøkelse:\n  lokal_frist: {rule}\n", 1)
    with building():
        ChosenProcedure.objects.filter(school=cast.school).update(text=text)
    case = make_case(cast)

    cards = selectors.deadlines(case, selectors.case_standing(cast.actor("head_teacher"), case))

    card = next(card for card in cards if card.what == "Undersøk saken")
    assert (card.due, card.whose) == (add_working_days(today(), 2), "Skolens egen regel: Vi begynner innen to virkedager.")


# A note without a time, and two who correct at once


def test_note_without_a_time_shows_only_its_day(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client, where = enter("case_handler"), address("note-add", case.public_id, pupil_part(case).public_id)
    client.post(where, {"kind": "log", "text": "Sto alene.", "happened_on": (today() - timedelta(days=3)).isoformat()})

    shown = text_of(client.get(address("case-investigation", case.public_id)))

    assert Note.objects.get().has_time is False
    assert "kl. 12.00" not in shown


def opened(client: Client, where: str) -> dict[str, str]:
    found = re.search(r'name="seen_version" value="(\w+)"', client.get(where).content.decode())
    assert found is not None
    return {"seen_version": found[1]}


def test_two_who_correct_the_same_note_see_both_and_the_first_correction_stands(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    draft = NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="Sto alene ved porten.")
    note = services.add_note(by=cast.actor("case_handler"), case=case, part=pupil_part(case), draft=draft)
    where, one, two = address("note-correct", case.public_id, note.public_id), enter("case_handler"), enter("head_teacher")
    mine, hers = opened(one, where), opened(two, where)
    base = {"kind": "log", "happened_on": today().isoformat(), "reason": "Feil sted."}
    two.post(where, hers | base | {"text": "Sto alene ved ballbingen."})

    shown = one.post(where, mine | base | {"text": "Sto alene ved bussen."})
    after = one.post(where, opened_again(shown) | base | {"text": "Sto alene ved bussen og ballbingen."})

    assert (shown.status_code, after.status_code) == (409, 302)
    assert "<mark>ballbingen.</mark>" in shown.content.decode()
    assert [(row.text, row.corrects_id is not None) for row in Note.objects.order_by("id")] == [
        ("Sto alene ved porten.", False),
        ("Sto alene ved ballbingen.", True),
        ("Sto alene ved bussen og ballbingen.", True),
    ]


def opened_again(response: Any) -> dict[str, str]:
    found = re.search(r'name="seen_version" value="(\w+)"', response.content.decode())
    assert found is not None
    return {"seen_version": found[1]}


def test_plan_in_force_offers_no_way_to_decide_that_none_is_needed(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)

    assert "Trengs det ikke en plan?" not in text_of(enter("head_teacher").get(address("case-detail", case.public_id)))


# The largest case opens as quickly as a small one


def test_large_case_shows_the_last_notes_with_the_rest_one_link_away_and_asks_no_more(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client, where = enter("case_handler"), address("case-investigation", case.public_id)
    part = pupil_part(case)
    with building():
        Note.objects.bulk_create(
            Note(
                case=case,
                part=part,
                content_key_id=case.content_key_id,
                kind="log",
                text=f"Ting nummer {number}.",
                happened_at=now() - timedelta(days=60 - number),
                written_by=cast.person("case_handler"),
                written_at=now(),
            )
            for number in range(60)
        )

    shown = text_of(client.get(where))
    everything = address("part-notes", case.public_id, part.public_id)
    first, last = text_of(client.get(everything)), text_of(client.get(f"{everything}?side=3"))

    assert "Her er de 20 siste av 60." in shown
    assert ("Ting nummer 59." in shown, "Ting nummer 39." in shown) == (True, False)
    assert ("Ting nummer 59." in first, "Ting nummer 0." in last) == (True, True)
    assert enter("teacher_of_others").get(everything).status_code == 404


def test_documents_ask_the_same_number_of_questions_for_one_report_and_for_four(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    client, where, counts = enter("head_teacher"), address("case-documents", case.public_id), []
    for joined in (0, 3):
        for _number in range(joined):
            services.join_report(by=cast.actor("head_teacher"), case=case, report=make_report(cast))
        client.get(where)
        with CaptureQueriesContext(connection) as asked:
            client.get(where)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= MOST_QUERIES


# Whom the school's plan asks the family to tell


def test_own_case_page_says_whom_the_plan_asks_the_pupil_to_tell(cast: Cast, enter: Enter) -> None:
    case = make_case(cast)
    tell_pupil(cast, case)
    with building():
        ChosenProcedure.objects.filter(school=cast.school).update(code="sentrum")

    shown = text_of(enter("pupil").get(address("own-case", case.public_id)))

    assert (
        "du kan gå til: en som arbeider på skolen, kontaktlærer, rådgiver, skolemiljøarbeider, rektor. Du kan også gå til en annen voksen."
        in shown
    )


def test_act_03_plan_made_straight_after_the_investigation_is_the_schools_own_rule_and_no_day(cast: Cast, enter: Enter) -> None:
    with building():
        ChosenProcedure.objects.filter(school=cast.school).update(code="rosenvilde")
    case = investigated(cast)
    services.tell_rights(by=cast.actor("case_handler"), case=case, told_on=today())
    shown = text_of(enter("case_handler").get(address("case-detail", case.public_id)))

    cards = selectors.deadlines(case, selectors.case_standing(cast.actor("head_teacher"), case))
    card = next(card for card in cards if card.what == "Sett planen i kraft")

    rule = library_procedure("rosenvilde").local_rules["plan"].text
    assert "sammen med dem det gjelder" in rule
    assert f"Planen (Rosenvilde videregående skole) sier: {rule}" in shown
    assert (card.due, card.whose) == (None, f"Skolens egen regel: {rule}")


def test_act_03_plan_that_says_no_more_than_the_act_is_not_called_the_schools_rule(cast: Cast) -> None:
    case = make_case(cast)

    cards = selectors.deadlines(case, selectors.case_standing(cast.actor("head_teacher"), case))

    card = next(card for card in cards if card.what == "Sett planen i kraft")
    assert "Skolens egen regel" not in card.whose

"""No plan needed, one measure in several plans, what measures need, reminders, and two people at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.calendar import add_working_days
from aktsom.core.timing.clock import now, set_to, today
from aktsom.measures import jobs, selectors, services
from aktsom.measures.models import Evaluation, Measure, MeasureDeed, PlanNotNeeded, ResourceRequest
from aktsom.measures.rules import (
    MeasureLevel,
    MeasureState,
    NotNeededObstacle,
    PlanObstacle,
    PlanState,
    PupilAnswer,
    ReminderKind,
    RequestObstacle,
    RequestOutcome,
    SharingObstacle,
    obstacles_to_deciding_none_needed,
    obstacles_to_sharing,
    reminder_of_measure,
)
from aktsom.measures.tests.factories import add_measure, building, complete, make_plan, plan_in_force
from aktsom.plans.models import ChosenProcedure
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(name: str, *args: Any) -> str:
    return reverse(f"measures:{name}", args=args)


@pytest.fixture
def handler(cast: Cast) -> Client:
    return sign_in(cast, "case_handler")


# No plan needed (ACT-06, AMB-04)


@settings(max_examples=60)
@given(
    answer=st.sampled_from(PupilAnswer.values),
    measures=st.integers(0, 2),
    words=st.sampled_from(["", "Det går fint."]),
    reason=st.sampled_from(["", "Ingen tiltak trengs."]),
    version=st.integers(0, 1),
)
def test_no_plan_is_possible_only_when_the_pupil_says_safe_and_nothing_is_done(
    answer: str, measures: int, words: str, reason: str, version: int
) -> None:
    found = obstacles_to_deciding_none_needed(
        state=PlanState.DRAFT, version=version, open_measures=measures, pupil_answer=answer, pupil_words=words, reason=reason
    )

    assert (found == []) == (answer == PupilAnswer.SAFE and not measures and bool(words) and bool(reason) and not version)


def decide(cast: Cast, plan: Any, by: str = "head_teacher", **changes: Any) -> Any:
    values = {
        "pupil_answer": PupilAnswer.SAFE,
        "pupil_words": "Det var en misforståelse.",
        "reason": "Ylva har det trygt. Ingenting trengs.",
    }
    return services.decide_no_plan_needed(by=cast.actor(by), plan=plan, **(values | changes))


def test_act_06_no_plan_needed_is_decided_by_the_leadership_with_reason_and_shown_on_the_plan(cast: Cast, handler: Client) -> None:
    plan = make_plan(cast)

    with pytest.raises(NotAllowed):
        decide(cast, plan, by="case_handler")
    decide(cast, plan)

    shown = text_of(handler.get(address("plan-detail", plan.public_id)))
    assert "Det er bestemt at det ikke trengs en plan" in shown
    assert "Ylva har det trygt. Ingenting trengs." in shown
    assert AuditEvent.objects.filter(event=Event.ACTION_PLAN_NOT_NEEDED, object_id=plan.public_id).count() == 1


def test_act_06_no_plan_is_refused_with_a_measure_and_ends_when_one_comes(cast: Cast) -> None:
    plan = make_plan(cast)
    decide(cast, plan)
    add_measure(cast, plan)

    with pytest.raises(Refused) as refused:
        decide(cast, plan)

    assert refused.value.reasons == [NotNeededObstacle.MEASURES_OPEN]
    assert PlanNotNeeded.objects.get().ended_at is not None
    assert selectors.none_needed(plan) is None


# One measure in several plans (ACT-18)


@settings(max_examples=60)
@given(level=st.sampled_from(MeasureLevel.values), same=st.booleans(), withheld=st.booleans(), named=st.booleans(), there=st.booleans())
def test_only_measures_for_more_than_one_pupil_without_names_are_shared(
    level: str, same: bool, withheld: bool, named: bool, there: bool
) -> None:
    found = obstacles_to_sharing(
        level=level,
        state=MeasureState.RUNNING,
        other_state=PlanState.DRAFT,
        already_there=there,
        same_school=same,
        is_withheld=withheld,
        names_pupil=named,
    )

    assert (found == []) == (level != MeasureLevel.PUPIL and same and not withheld and not named and not there)


def two_plans(cast: Cast, **first: Any) -> tuple[Any, Any]:
    return plan_in_force(cast, **first), make_plan(cast, pupil="classmate", file_ref="file00000002")


def test_act_18_shared_measure_lies_in_both_plans_and_neither_shows_the_other_pupil(cast: Cast, handler: Client) -> None:
    plan, other = two_plans(cast)
    measure = plan.measures.get()

    handler.post(address("measure-share", measure.public_id), {"plan": other.public_id})

    laid = other.measures.get()
    assert (laid.what, laid.responsible, laid.finding, laid.adaptation) == (measure.what, measure.responsible, None, "")
    assert laid.shared_ref == Measure.objects.get(pk=measure.pk).shared_ref != ""
    assert laid.content_key_id == other.content_key_id != measure.content_key_id
    shown = text_of(handler.get(address("plan-detail", other.public_id)))
    assert "En voksen er ved ballbingen." in shown
    assert "Ylva" not in shown
    assert "Teodor" not in text_of(handler.get(address("plan-detail", plan.public_id)))


def test_act_18_who_works_with_one_plan_only_sees_no_other_and_can_share_with_none(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    other = make_plan(cast, pupil="classmate", file_ref="file00000002", workers=("teacher_of_others",))
    measure = plan.measures.get()
    services.share_measure(by=cast.actor("head_teacher"), measure=measure, plan=other)

    page = text_of(handler.get(address("measure-share", measure.public_id)))
    changed = text_of(handler.get(address("measure-change", measure.public_id)))

    assert "Ingen andre planer å velge" in page
    assert ("Teodor" in page, "Teodor" in changed, "flere planer" in changed.split("Hva skal gjøres")[0].split("Endre tiltaket")[-1]) == (
        False,
        False,
        False,
    )
    with pytest.raises(OutOfReach):
        services.share_measure(by=cast.actor("case_handler"), measure=measure, plan=other)


def test_act_18_sharing_is_refused_when_the_text_names_the_pupil(cast: Cast) -> None:
    plan, other = two_plans(cast)
    named = add_measure(cast, plan, what="En voksen går ut med Ylva.")

    with pytest.raises(Refused) as refused:
        services.share_measure(by=cast.actor("case_handler"), measure=named, plan=other)

    assert refused.value.reasons == [SharingObstacle.NAMES_A_PUPIL]
    assert other.measures.count() == 0


def test_act_18_shared_out_of_the_plan_where_somebody_is_shut_out_leaves_her_behind(cast: Cast) -> None:
    plan = plan_in_force(cast)
    other = make_plan(cast, pupil="classmate", file_ref="file00000002", shut_out=("teacher_without_relation",))

    services.share_measure(by=cast.actor("case_handler"), measure=plan.measures.get(), plan=other)

    laid = other.measures.get()
    assert (laid.responsible, laid.carried_out_by) == (cast.person("contact_teacher"), None)


def test_act_18_done_once_is_done_in_every_plan_and_the_note_stays_where_it_was_written(cast: Cast) -> None:
    plan, other = two_plans(cast)
    measure = plan.measures.get()
    services.share_measure(by=cast.actor("case_handler"), measure=measure, plan=other)
    complete(cast, other, measures=0)
    laid = other.measures.get()
    services.change_measure(
        by=cast.actor("case_handler"),
        measure=laid,
        draft=services.MeasureDraft(
            what=laid.what,
            level=MeasureLevel.GROUP,
            finding=services.add_finding(by=cast.actor("case_handler"), plan=other, text="Bråk i storefri."),
            responsible=laid.responsible,
            carried_out_by=laid.carried_out_by,
            starts_on=laid.starts_on,
        ),
    )
    services.put_in_force(by=cast.actor("case_handler"), plan=other)
    measure.refresh_from_db()

    services.mark_done(by=cast.actor("teacher_without_relation"), measure=measure, done_on=today(), note="Rolig i dag.")

    assert {(deed.measure_id, deed.note) for deed in MeasureDeed.objects.all()} == {(measure.pk, "Rolig i dag."), (laid.pk, "")}
    assert [row.public_id for row in selectors.my_measures(cast.actor("teacher_without_relation"))] == [measure.public_id]


# What a measure needs (ACT-23)


def test_act_23_resources_are_asked_for_and_answered_and_the_measure_does_not_wait(cast: Cast, handler: Client) -> None:
    measure = plan_in_force(cast).measures.get()
    handler.post(address("resource-ask", measure.public_id), {"wish": "En voksen til i storefri."})
    asked = ResourceRequest.objects.get()
    where = address("resource-answer", measure.public_id, asked.public_id)

    refused = handler.get(where)
    sign_in(cast, "head_teacher").post(where, {"outcome": "given", "answer": "Vi setter inn en assistent fra mandag."})

    asked.refresh_from_db()
    measure.refresh_from_db()
    assert refused.status_code == 403
    assert (asked.outcome, asked.answered_by, measure.state) == ("given", cast.person("head_teacher"), MeasureState.RUNNING)
    assert "Vi setter inn en assistent fra mandag." in text_of(handler.get(address("plan-detail", measure.plan.public_id)))
    assert set(Notice.objects.values_list("code", "person_ref")) >= {
        ("resource.asked", cast.person("head_teacher").pk),
        ("resource.answered", cast.person("case_handler").pk),
    }
    assert AuditEvent.objects.filter(event__in=[Event.RESOURCE_ASKED, Event.RESOURCE_ANSWERED]).count() == 2


def test_act_23_answer_is_given_once(cast: Cast) -> None:
    measure = plan_in_force(cast).measures.get()
    services.ask_for_resources(by=cast.actor("case_handler"), measure=measure, wish="Et rom.")
    asked = ResourceRequest.objects.get()
    answer = {"measure": measure, "request": asked, "outcome": RequestOutcome.REFUSED, "answer": "Vi har ikke flere rom."}
    services.answer_request(by=cast.actor("head_teacher"), **answer)

    with pytest.raises(Refused) as refused:
        services.answer_request(by=cast.actor("head_teacher"), **answer)

    assert refused.value.reasons == [RequestObstacle.ANSWERED]


# Reminders (ACT-15, EVL-01)


def test_reminder_comes_the_working_day_before_and_after_a_day_nobody_marked() -> None:
    day = today()
    asked = {"next_working_day": day + timedelta(days=1), "today": day}

    assert reminder_of_measure(starts_on=day + timedelta(days=1), is_done=False, **asked) == ReminderKind.SOON
    assert reminder_of_measure(starts_on=day, is_done=False, **asked) is None
    assert reminder_of_measure(starts_on=day - timedelta(days=1), is_done=False, **asked) == ReminderKind.LATE
    assert reminder_of_measure(starts_on=day - timedelta(days=1), is_done=True, **asked) is None


def at_ten_on(day: Any) -> Any:
    return set_to(now().replace(year=day.year, month=day.month, day=day.day, hour=9))


def told(code: str) -> list[int]:
    return list(Notice.objects.filter(code=code).order_by("person_ref").values_list("person_ref", flat=True))


def test_act_15_those_with_a_measure_are_reminded_once_before_and_once_after(cast: Cast) -> None:
    start = add_working_days(today(), 3)
    plan = complete(cast, make_plan(cast), measures=0)
    add_measure(cast, plan, starts_on=start)
    services.put_in_force(by=cast.actor("case_handler"), plan=plan)
    people = sorted([cast.person("contact_teacher").pk, cast.person("teacher_without_relation").pk])

    with at_ten_on(add_working_days(today(), 2)):
        assert (jobs.look_for_days_in_plans(), jobs.look_for_days_in_plans()) == (1, 0)
    assert told("measure.soon") == people
    with at_ten_on(add_working_days(today(), 4)):
        assert (jobs.look_for_days_in_plans(), jobs.look_for_days_in_plans()) == (1, 0)
    assert told("measure.late") == people
    assert AuditEvent.objects.filter(event=Event.MEASURE_REMINDED).count() == 2
    assert {notice.path for notice in Notice.objects.filter(code__startswith="measure.")} == {
        address("measure-task", plan.measures.get().public_id)
    }


def test_act_15_nobody_is_reminded_of_a_measure_that_is_marked_or_of_a_draft(cast: Cast) -> None:
    done = plan_in_force(cast).measures.get()
    services.mark_done(by=cast.actor("contact_teacher"), measure=done, done_on=today())
    add_measure(cast, make_plan(cast, pupil="classmate", file_ref="file00000002"))

    with at_ten_on(add_working_days(today(), 3)):
        jobs.look_for_days_in_plans()

    assert (told("measure.soon"), told("measure.late")) == ([], [])


def test_evl_01_overdue_evaluation_goes_to_the_leadership_and_one_that_comes_to_those_who_work_with_it(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast))
    day, handler = add_working_days(today(), 6), cast.actor("case_handler")
    services.write_problem(by=handler, plan=plan, problem="Alene.", evaluate_on=day, evaluator=cast.person("contact_teacher"))
    services.put_in_force(by=handler, plan=plan)

    with at_ten_on(add_working_days(today(), 5)):
        jobs.look_for_days_in_plans()
        jobs.look_for_days_in_plans()
    assert told("evaluation.due") == sorted([cast.person("case_handler").pk, cast.person("contact_teacher").pk])
    with at_ten_on(add_working_days(day, 1)):
        jobs.look_for_days_in_plans()
        jobs.look_for_days_in_plans()

    leaders = {cast.person("head_teacher").pk, cast.person("accused_head_teacher").pk}
    assert set(told("evaluation.late")) == leaders | {cast.person("contact_teacher").pk}
    assert AuditEvent.objects.filter(event=Event.ACTION_PLAN_REMINDED, object_id=plan.public_id).count() == 2


def test_evl_01_measure_with_a_day_of_its_own_is_looked_at_on_that_day(cast: Cast) -> None:
    plan = complete(cast, make_plan(cast), measures=0)
    day = add_working_days(today(), 3)
    measure = add_measure(cast, plan, evaluate_on=day)
    services.put_in_force(by=cast.actor("case_handler"), plan=plan)
    services.mark_done(by=cast.actor("contact_teacher"), measure=measure, done_on=today())

    with at_ten_on(add_working_days(today(), 1)):
        jobs.look_for_days_in_plans()
    assert told("evaluation.due") == []
    with at_ten_on(day):
        assert (jobs.look_for_days_in_plans(), jobs.look_for_days_in_plans()) == (1, 0)

    assert told("evaluation.due") == [cast.person("case_handler").pk]
    assert Notice.objects.get(code="evaluation.due").path == address("plan-evaluate", plan.public_id)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("rosenvilde", "Evaluer sammen med dem det gjelder."),
        ("lillestrom", "Evaluer fortløpende: snakk med dem det gjelder underveis"),
        ("steinkjer", "Inviter de foresatte."),
    ],
)
def test_evl_02_and_evl_12_evaluation_says_how_the_schools_own_plan_wants_it(cast: Cast, handler: Client, code: str, words: str) -> None:
    with building():
        ChosenProcedure.objects.filter(school=cast.school).update(code=code)

    assert words in text_of(handler.get(address("plan-evaluate", plan_in_force(cast).public_id)))


def test_act_13_why_a_measure_fits_here_is_written_and_kept_for_those_who_work_with_it(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    add_measure(cast, plan, adaptation="Hun er trygg på Kari.")

    assert "Hun er trygg på Kari." in text_of(handler.get(address("plan-detail", plan.public_id)))


# Two people at once


def opened(client: Client, where: str) -> dict[str, str]:
    found = re.search(r'name="seen_version" value="(\w+)"', client.get(where).content.decode())
    assert found is not None
    return {"seen_version": found[1]}


def test_two_who_write_the_problem_at_once_see_both_and_lose_nothing(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    where, head = address("problem-write", plan.public_id), sign_in(cast, "head_teacher")
    mine, hers = opened(handler, where), opened(head, where)
    day = (today() + timedelta(days=14)).isoformat()
    head.post(where, hers | {"problem": "Alene i storefri.\nUtestengt på nett.", "evaluate_on": day})

    shown = handler.post(where, mine | {"problem": "Alene i storefri.\nRedd for skoleveien.", "evaluate_on": day})

    plan.refresh_from_db()
    assert (shown.status_code, plan.problem) == (409, "Alene i storefri.\nUtestengt på nett.")
    assert "Teksten ble endret mens du skrev" in text_of(shown)
    assert "<mark>Utestengt på nett.</mark>" in shown.content.decode()
    both = handler.post(where, mine | {"problem": "Alene i storefri.\nRedd for skoleveien.", "evaluate_on": day, "both_texts": "both"})
    assert "Alene i storefri.\nUtestengt på nett.\nRedd for skoleveien." in both.content.decode()
    assert "Sist lagret av Randi" in text_of(handler.get(where))


def test_two_who_change_a_measure_at_once_see_both(cast: Cast, handler: Client) -> None:
    measure = plan_in_force(cast).measures.get()
    where, head = address("measure-change", measure.public_id), sign_in(cast, "head_teacher")
    mine, hers = opened(handler, where), opened(head, where)
    head.post(where, hers | {"what": "To voksne er ute.", "level": "group"})

    shown = handler.post(where, mine | {"what": "En voksen er ved ballbingen og en ved porten.", "level": "group"})

    measure.refresh_from_db()
    assert (shown.status_code, measure.what, measure.changed_by) == (409, "To voksne er ute.", cast.person("head_teacher"))
    assert "ballbingen og en ved porten." in text_of(shown)


def test_writing_over_a_change_of_the_same_moment_is_refused_by_the_service(cast: Cast) -> None:
    plan = make_plan(cast)
    stale = type(plan).objects.get(pk=plan.pk)
    services.write_problem(by=cast.actor("head_teacher"), plan=plan, problem="Først.", evaluate_on=None)

    with pytest.raises(Refused) as refused:
        services.write_problem(by=cast.actor("case_handler"), plan=stale, problem="Sist.", evaluate_on=None)

    assert refused.value.reasons == [PlanObstacle.CHANGED_MEANWHILE]
    assert type(plan).objects.get(pk=plan.pk).problem == "Først."


def evaluation(measure: Measure, words: str) -> dict[str, str]:
    verdict = {"was_done": "yes", "effect": "", "decision": "keep", "reason": "Det hjelper."}
    sent = {"held_on": today().isoformat(), "pupil_answer": "better", "pupil_words": words}
    sent["next_on"] = (today() + timedelta(days=14)).isoformat()
    return sent | {f"{measure.public_id}-{name}": value for name, value in verdict.items()}


def test_two_evaluations_at_once_show_both_and_the_same_one_sent_twice_is_written_once(cast: Cast, handler: Client) -> None:
    plan = plan_in_force(cast)
    measure = plan.measures.get()
    where, head = address("plan-evaluate", plan.public_id), sign_in(cast, "head_teacher")
    mine, hers = opened(handler, where), opened(head, where)
    sent = hers | evaluation(measure, "Litt bedre ute.")

    head.post(where, sent)
    again = head.post(where, sent)
    shown = handler.post(where, mine | evaluation(measure, "Bedre, men ikke på bussen."))

    assert (again.status_code, shown.status_code, Evaluation.objects.count()) == (302, 409, 1)
    assert "Litt bedre ute." in text_of(shown)
    assert "Bedre, men ikke på bussen." in text_of(shown)

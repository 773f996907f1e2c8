"""Nothing is lost between people: duties, absence, asking again, the control after the end, and a new school."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from aktsom.cases import jobs
from aktsom.cases.duties import OpenDuty, duties_to_place, own_duties
from aktsom.cases.models import Absence, AskAgain, Case, CaseWorker, Handover, SchoolChange
from aktsom.cases.rules import CaseState, ClosingReason, ExclusionReason
from aktsom.cases.rules.continuity import (
    AskAgainAnswer,
    AskAgainKind,
    AskAgainObstacle,
    DeclineReason,
    DutyConcern,
    DutyKind,
    HandoverObstacle,
    HandoverReason,
    HandoverState,
    SchoolChangeObstacle,
    SharedPiece,
    SharingBasis,
    concern_of,
    obstacles_to_answering_ask_again,
)
from aktsom.cases.rules.conversations import ConversationKind
from aktsom.cases.selectors.continuity import waiting_days
from aktsom.cases.services import asking, close_case, exclude_person, school_changes
from aktsom.cases.services import continuity as services
from aktsom.cases.services import conversations as talks
from aktsom.cases.tests.factories import answer, building, make_case, plan_of, pupil_part, put_plan_in_force
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, set_to, today
from aktsom.measures.rules import PupilAnswer
from aktsom.people.models import Delegation, Membership, Position
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def refusal(deed: Any) -> list[Any]:
    with pytest.raises(Refused) as caught:
        deed()
    return list(caught.value.reasons)


def leaves(cast: Cast, name: str) -> None:
    """Somebody's position ends, as an import of a list does it."""
    with building():
        Position.objects.filter(person=cast.person(name)).update(valid_until=today() - timedelta(days=1))


def duty(cast: Cast, kind: DutyKind, holder: str, by: str = "head_teacher") -> OpenDuty:
    found = [row for row in duties_to_place(cast.actor(by)) if (row.kind, row.person_id) == (kind, cast.person(holder).pk)]
    assert len(found) == 1
    return found[0]


def asked(cast: Cast, one: OpenDuty, to: str, reason: HandoverReason = HandoverReason.LEFT, by: str = "head_teacher") -> Handover:
    return services.propose_handover(by=cast.actor(by), duty=one, to=cast.person(to), reason=reason)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_holder_who_is_here_and_never_had_the_class_is_no_concern(at_work: bool, away: bool, near: bool, before: bool) -> None:
    found = concern_of(at_work=at_work, is_away=away, is_near=near, was_near=before)

    assert (found is None) == (at_work and not away and (near or not before))
    assert (found == DutyConcern.GONE) == (not at_work)


def test_every_open_duty_of_one_who_left_is_listed_until_somebody_has_said_yes(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    assert duties_to_place(head) == []

    leaves(cast, "case_handler")
    leaves(cast, "contact_teacher")

    assert {(str(one.kind), one.concern) for one in duties_to_place(head)} == {
        ("case_handler", DutyConcern.GONE),
        ("evaluator", DutyConcern.GONE),
        ("responsible", DutyConcern.GONE),
    }
    handover = asked(cast, duty(cast, DutyKind.RESPONSIBLE, "contact_teacher"), "teacher_without_relation")
    assert duty(cast, DutyKind.RESPONSIBLE, "contact_teacher").is_asked
    services.accept_handover(by=cast.actor("teacher_without_relation"), handover=handover)
    assert {str(one.kind) for one in duties_to_place(head)} == {"case_handler", "evaluator"}
    measure = plan_of(case).measures.get()
    assert (measure.responsible, measure.carried_out_by) == (cast.person("teacher_without_relation"),) * 2


def test_whole_case_follows_the_one_who_said_yes_and_its_day_stays(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    leaves(cast, "case_handler")
    handover = asked(cast, duty(cast, DutyKind.CASE_HANDLER, "case_handler"), "teacher_of_others")
    new = sign_in(cast, "teacher_of_others")
    assert new.get(f"/saker/{case.public_id}/").status_code == 404

    services.accept_handover(by=cast.actor("teacher_of_others"), handover=handover)

    assert new.get(f"/saker/{case.public_id}/").status_code == 200
    assert new.get(f"/planer/{plan.public_id}/").status_code == 200
    plan.refresh_from_db()
    assert plan.evaluate_on == today() + timedelta(days=14)
    assert [row.person for row in CaseWorker.objects.filter(case=case, valid_until=None)] == [cast.person("teacher_of_others")]


def test_evaluator_who_says_yes_evaluates_on_the_same_day(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    leaves(cast, "contact_teacher")
    handover = asked(cast, duty(cast, DutyKind.EVALUATOR, "contact_teacher"), "case_handler")

    services.accept_handover(by=cast.actor("case_handler"), handover=handover)

    plan.refresh_from_db()
    assert (plan.evaluator, plan.evaluate_on) == (cast.person("case_handler"), today() + timedelta(days=14))


def test_no_is_an_answer_and_the_duty_stays_in_the_list(cast: Cast) -> None:
    make_case(cast)
    leaves(cast, "case_handler")
    handover = asked(cast, duty(cast, DutyKind.CASE_HANDLER, "case_handler"), "teacher_of_others")
    by = cast.actor("teacher_of_others")

    assert refusal(lambda: services.decline_handover(by=by, handover=handover, reason=None)) == [HandoverObstacle.NO_REASON]
    services.decline_handover(by=by, handover=handover, reason=DeclineReason.TOO_NEAR)

    assert refusal(lambda: services.accept_handover(by=by, handover=handover)) == [HandoverObstacle.ANSWERED]
    assert not duty(cast, DutyKind.CASE_HANDLER, "case_handler").is_asked
    assert Notice.objects.filter(code="handover.declined", person_ref=cast.person("head_teacher").pk).count() == 1


def test_nobody_answers_for_another_and_the_shut_out_is_never_asked(cast: Cast) -> None:
    case = make_case(cast)
    exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"), reason=ExclusionReason.CONFLICT)
    leaves(cast, "case_handler")
    one = duty(cast, DutyKind.CASE_HANDLER, "case_handler")

    assert refusal(lambda: asked(cast, one, "teacher_of_others")) == [HandoverObstacle.SHUT_OUT]
    assert refusal(lambda: asked(cast, one, "head_teacher_elsewhere")) == [HandoverObstacle.NOT_AT_WORK]
    handover = asked(cast, one, "contact_teacher")
    assert refusal(lambda: services.accept_handover(by=cast.actor("head_teacher"), handover=handover)) == [HandoverObstacle.NOT_YOURS]
    for name in ("teacher_without_relation", "teacher_of_others", "head_teacher_elsewhere"):
        with pytest.raises(OutOfReach):
            services.accept_handover(by=cast.actor(name), handover=handover)
        assert sign_in(cast, name).get(f"/overlevering/{handover.public_id}/").status_code == 404
    for name in ("guardian", "pupil"):
        assert sign_in(cast, name).get(f"/overlevering/{handover.public_id}/").status_code in {403, 404}


def test_teacher_proposes_her_own_duties_and_nobody_elses(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    mine = own_duties(cast.actor("case_handler"))
    assert [str(one.kind) for one in mine] == ["case_handler"]

    assert asked(cast, mine[0], "contact_teacher", by="case_handler").state == HandoverState.PROPOSED
    leaves(cast, "contact_teacher")
    other = duty(cast, DutyKind.EVALUATOR, "contact_teacher")
    assert refusal(lambda: asked(cast, other, "teacher_of_others", by="case_handler")) == [HandoverObstacle.NOT_HELD]


def test_somebody_away_keeps_the_case_and_another_comes_beside(cast: Cast) -> None:
    case = make_case(cast)
    services.register_absence(by=cast.actor("head_teacher"), school=cast.school, person=cast.person("case_handler"), first_day=today())
    one = duty(cast, DutyKind.CASE_HANDLER, "case_handler")
    assert one.concern == DutyConcern.AWAY
    assert refusal(lambda: asked(cast, one, "case_handler", HandoverReason.STAYS)) == [HandoverObstacle.IS_AWAY]
    handover = asked(cast, one, "contact_teacher", HandoverReason.AWAY)

    services.accept_handover(by=cast.actor("contact_teacher"), handover=handover)

    working = {row.person for row in CaseWorker.objects.filter(case=case, valid_until=None)}
    assert working == {cast.person("case_handler"), cast.person("contact_teacher")}
    head = cast.actor("head_teacher")
    assert (duties_to_place(head), [row.code for row in waiting_days(head)]) == ([], [])
    with set_to(now() + timedelta(days=2)):
        services.end_absence(by=head, school=cast.school, absence=Absence.objects.get())
        services.register_absence(by=head, school=cast.school, person=cast.person("case_handler"), first_day=today())
        assert [row.code for row in waiting_days(head)] == ["gone"]
        assert duty(cast, DutyKind.CASE_HANDLER, "case_handler").concern == DutyConcern.AWAY


def test_absence_ends_and_one_that_never_began_is_gone(cast: Cast) -> None:
    by, person = cast.actor("head_teacher"), cast.person("case_handler")
    services.register_absence(by=by, school=cast.school, person=person, first_day=today() - timedelta(days=3))
    services.register_absence(by=by, school=cast.school, person=person, first_day=today() + timedelta(days=3))

    for absence in Absence.objects.all():
        services.end_absence(by=by, school=cast.school, absence=absence)

    assert [row.last_day for row in Absence.objects.all()] == [today() - timedelta(days=1)]
    with pytest.raises(NotAllowed):
        services.register_absence(by=cast.actor("contact_teacher"), school=cast.school, person=person, first_day=today())


def test_new_class_asks_whether_the_teacher_stays(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    with building():
        Membership.objects.filter(person=cast.person("contact_teacher")).update(valid_until=today() - timedelta(days=1))
    one = duty(cast, DutyKind.EVALUATOR, "contact_teacher")
    assert one.concern == DutyConcern.NOT_NEAR

    handover = asked(cast, one, "contact_teacher", HandoverReason.STAYS)
    services.accept_handover(by=cast.actor("contact_teacher"), handover=handover)

    assert {str(row.kind) for row in duties_to_place(cast.actor("head_teacher"))} == {"responsible"}


def test_talks_agreements_and_receiving_get_a_new_person(cast: Cast) -> None:
    case = make_case(cast)
    by, part = cast.actor("case_handler"), pupil_part(case)
    wanted = talks.ConversationPlan(kind=ConversationKind.EXPOSED, held_on=today(), guests=[cast.person("pupil")])
    talk = talks.plan_conversation(by=by, case=case, part=part, draft=wanted)
    agreement = talks.make_agreement(by=by, case=case, part=part, text="Si hei", follow_up_on=today() + timedelta(days=5))
    with building():
        Delegation.objects.create(
            school=cast.school,
            receiver=cast.person("case_handler"),
            given_by=cast.person("head_teacher"),
            valid_from=today() - timedelta(days=9),
        )
    leaves(cast, "case_handler")
    new = cast.actor("contact_teacher")

    for kind in (DutyKind.CONVERSATION, DutyKind.AGREEMENT, DutyKind.DELEGATION):
        services.accept_handover(by=new, handover=asked(cast, duty(cast, kind, "case_handler"), "contact_teacher"))

    talk.refresh_from_db()
    agreement.refresh_from_db()
    assert (talk.held_by, agreement.follow_up_by) == (cast.person("contact_teacher"),) * 2
    receiving = Delegation.objects.filter(valid_until=None)
    assert [row.receiver for row in receiving] == [cast.person("contact_teacher")]
    assert {str(row.kind) for row in duties_to_place(cast.actor("head_teacher"))} == {"case_handler"}


def test_head_teacher_is_told_once_of_the_same_duties(cast: Cast) -> None:
    make_case(cast)
    leaves(cast, "case_handler")
    at_nine = (now() + timedelta(days=1)).replace(hour=9)

    with set_to(at_nine):
        assert (jobs.look_for_duties_nobody_holds(), jobs.look_for_duties_nobody_holds()) == (1, 1)

    told = Notice.objects.filter(code="duty.without_holder", person_ref=cast.person("head_teacher").pk)
    assert [(notice.path, "Ylva" in notice.occasion) for notice in told] == [("/overlevering/", False)]
    with set_to(now().replace(hour=3)):
        assert jobs.look_for_duties_nobody_holds() == 0


def test_pupil_and_reporter_are_asked_again_on_a_day_that_comes_by_itself(cast: Cast) -> None:
    case = make_case(cast)
    days = {row.kind: row for row in AskAgain.objects.filter(case=case)}
    assert set(days) == {AskAgainKind.PUPIL, AskAgainKind.REPORTER}
    assert {row.due_on for row in days.values()} == {today() + timedelta(days=14)}
    handler = cast.actor("case_handler")
    assert waiting_days(handler) == []

    with set_to(now() + timedelta(days=14)):
        assert [row.code for row in waiting_days(handler)] == ["ask_again", "ask_reporter"]
        assert waiting_days(cast.actor("teacher_of_others")) == []
        asking.answer_ask_again(
            by=handler, case=case, asked=days[AskAgainKind.REPORTER], answer=AskAgainAnswer.WORSE, words="Blir ledd av."
        )
        worse = Notice.objects.filter(code="ask_again.worse").values_list("person_ref", flat=True)
        assert cast.person("head_teacher").pk in worse
        again = today() + timedelta(days=2)
        asking.answer_ask_again(by=handler, case=case, asked=days[AskAgainKind.PUPIL], answer=AskAgainAnswer.NOT_REACHED, next_on=again)
        assert [row.due_on for row in AskAgain.objects.filter(answer="")] == [again]


def test_unreached_needs_a_new_day_and_worse_needs_a_word() -> None:
    def missing(answer: str, words: str = "", days: int | None = None) -> list[AskAgainObstacle]:
        day = today()
        next_on = day + timedelta(days=days) if days is not None else None
        return obstacles_to_answering_ask_again(answered=False, answer=answer, words=words, next_on=next_on, today=day)

    assert missing(AskAgainAnswer.FINE) == []
    assert missing(AskAgainAnswer.NOT_REACHED) == [AskAgainObstacle.NEXT_NEEDED]
    assert missing(AskAgainAnswer.NOT_REACHED, days=0) == [AskAgainObstacle.PASSED]
    assert missing(AskAgainAnswer.WORSE) == [AskAgainObstacle.NO_WORDS]
    assert missing("") == [AskAgainObstacle.NO_ANSWER]


def test_moved_day_asks_once(cast: Cast) -> None:
    case = make_case(cast)
    by, part = cast.actor("case_handler"), pupil_part(case)
    moved = today() + timedelta(days=3)

    asking.set_ask_again(by=by, case=case, kind=AskAgainKind.PUPIL, due_on=moved, part=part)

    assert [row.due_on for row in AskAgain.objects.filter(case=case, kind=AskAgainKind.PUPIL)] == [moved]
    late = refusal(lambda: asking.set_ask_again(by=by, case=case, kind=AskAgainKind.PUPIL, due_on=today(), part=part))
    assert late == [AskAgainObstacle.PASSED]


def closed_case(cast: Cast) -> Case:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    answer(cast, case, PupilAnswer.SAFE, is_final=True)
    by = cast.actor("head_teacher")
    return close_case(
        by=by,
        case=case,
        reason=ClosingReason.SAFE,
        note="Trygt.",
        why_already="Det hjalp straks.",
        control_on=today() + timedelta(days=30),
    )


def test_control_after_the_end_is_a_task_with_an_answer(cast: Cast) -> None:
    case = closed_case(cast)
    head = cast.actor("head_teacher")
    client = sign_in(cast, "head_teacher")

    with set_to(now() + timedelta(days=30)):
        assert f"/saker/{case.public_id}/kontroll/" in client.get(f"/saker/{case.public_id}/").content.decode()
        asking.answer_control(by=head, case=case, answer=AskAgainAnswer.WORSE, words="Det har begynt igjen.")
        case.refresh_from_db()
        assert (case.state, case.control_on) == (CaseState.CLOSED, today())
        again = today() + timedelta(days=60)
        asking.answer_control(by=head, case=case, answer=AskAgainAnswer.FINE, next_on=again)
        case.refresh_from_db()
        assert case.control_on == again
        asking.answer_control(by=head, case=case, answer=AskAgainAnswer.FINE)
        case.refresh_from_db()
        assert case.control_on is None

    assert AskAgain.objects.filter(case=case, kind=AskAgainKind.CONTROL).count() == 3


def test_worse_after_the_end_leads_to_opening_the_case_again(cast: Cast) -> None:
    case = closed_case(cast)
    client = sign_in(cast, "head_teacher")

    sent = client.post(f"/saker/{case.public_id}/kontroll/", {"answer": "worse", "words": "Det har begynt igjen."})

    assert sent.headers["Location"] == f"/saker/{case.public_id}/apne-igjen/"
    assert refusal(
        lambda: asking.answer_control(
            by=cast.actor("head_teacher"), case=make_case(cast, pupil=cast.person("classmate")), answer=AskAgainAnswer.FINE
        )
    ) == [AskAgainObstacle.NOT_CLOSED]


def second_school(cast: Cast) -> Any:
    """Another school of the same owner, led by somebody else."""
    with building():
        cast.other_school.owner = cast.owner
        cast.other_school.save(update_fields=["owner"])
    return cast.other_school


def send(cast: Cast, case: Case, **wishes: Any) -> SchoolChange:
    wanted: dict[str, Any] = {
        "to_school": second_school(cast),
        "pieces": [SharedPiece.MEASURES, SharedPiece.EVALUATE_ON],
        "basis": SharingBasis.NECESSARY,
        "reason": "Eleven begynner der mandag.",
    }
    draft = school_changes.SchoolChangeDraft(**(wanted | wishes))
    return school_changes.decide_school_change(by=cast.actor("head_teacher"), case=case, draft=draft)


def test_plan_and_its_day_follow_the_pupil_to_a_new_school_and_nothing_else(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    change = send(cast, case)
    new = sign_in(cast, "head_teacher_elsewhere")

    page = new.get(f"/skolebytte/{change.public_id}/").content.decode()

    assert "En voksen er ute med Ylva." in page
    assert ("Ylva er alene i friminuttene." in page, "Ylva står alene" in page, "Ingen voksne der Ylva er" in page) == (False, False, False)
    assert new.get(f"/saker/{case.public_id}/").status_code == 404
    assert "har noe med seg fra en annen skole" in new.get("/").content.decode()
    assert new.post(f"/skolebytte/{change.public_id}/").status_code == 302
    change.refresh_from_db()
    assert (change.received_by, change.evaluate_on) == (cast.person("head_teacher_elsewhere"), today() + timedelta(days=14))
    assert "har noe med seg" not in new.get("/").content.decode()


def test_nothing_goes_along_without_reason_and_more_only_with_a_yes(cast: Cast) -> None:
    case = make_case(cast)
    assert refusal(lambda: send(cast, case)) == [SchoolChangeObstacle.NO_PLAN]
    put_plan_in_force(cast, case)

    assert refusal(lambda: send(cast, case, reason=" ")) == [SchoolChangeObstacle.NO_REASON]
    assert refusal(lambda: send(cast, case, basis=SharingBasis.CONSENT)) == [SchoolChangeObstacle.NO_CONSENT]
    assert refusal(lambda: send(cast, case, pieces=[])) == [SchoolChangeObstacle.NOTHING]
    assert refusal(lambda: send(cast, case, to_school=cast.school)) == [SchoolChangeObstacle.SAME_SCHOOL]
    assert send(cast, case, basis=SharingBasis.CONSENT, consent_from="Eleven og Maja, i dag").to_school == cast.other_school
    assert send(cast, case, to_school=None, to_name="Nes skole i en annen kommune").to_name == "Nes skole i en annen kommune"


@pytest.mark.parametrize("name", ["teacher_of_others", "contact_teacher", "guardian", "pupil", "technical_admin", "other_owner_handler"])
def test_others_meet_nothing_of_what_went_along(cast: Cast, name: str) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    change = send(cast, case)

    assert sign_in(cast, name).get(f"/skolebytte/{change.public_id}/").status_code in {302, 403, 404}


def test_duty_is_handed_over_through_the_pages(cast: Cast) -> None:
    make_case(cast)
    leaves(cast, "case_handler")
    head, new = sign_in(cast, "head_teacher"), sign_in(cast, "contact_teacher")
    assert "1 oppgave trenger en ny person" in head.get("/").content.decode()
    one = duty(cast, DutyKind.CASE_HANDLER, "case_handler")
    address = f"/overlevering/ny/?oppgave={one.code}"
    assert head.get(address).status_code == 200

    sent = head.post(address, {"duties": [one.code], "person": cast.person("contact_teacher").public_id, "reason": "left"})

    assert sent.status_code == 302
    handover = Handover.objects.get()
    assert f"/overlevering/{handover.public_id}/" in new.get("/").content.decode()
    assert new.get(f"/overlevering/{handover.public_id}/").status_code == 200
    assert new.post(f"/overlevering/{handover.public_id}/", {"answer": "no"}).status_code == 422
    assert new.post(f"/overlevering/{handover.public_id}/", {"answer": "yes"}).status_code == 302
    handover.refresh_from_db()
    assert handover.state == HandoverState.ACCEPTED
    assert "trenger en ny person" not in head.get("/").content.decode()


def test_question_is_taken_back_and_absence_written_through_the_pages(cast: Cast) -> None:
    make_case(cast)
    head = sign_in(cast, "head_teacher")
    away = {"person": cast.person("case_handler").public_id, "first_day": today().isoformat(), "last_day": ""}
    assert head.post("/overlevering/borte/", away).status_code == 302
    handover = asked(cast, duty(cast, DutyKind.CASE_HANDLER, "case_handler"), "contact_teacher", HandoverReason.AWAY)
    assert "Er borte nå" in head.get("/overlevering/").content.decode()

    assert head.post(f"/overlevering/{handover.public_id}/trekk/").status_code == 302
    assert head.post(f"/overlevering/borte/{Absence.objects.get().public_id}/").status_code == 302

    handover.refresh_from_db()
    assert (handover.state, Absence.objects.count()) == (HandoverState.WITHDRAWN, 0)
    assert sign_in(cast, "contact_teacher").get("/overlevering/borte/").status_code in {403, 404}


def test_days_are_reminded_of_once_without_name(cast: Cast) -> None:
    case = make_case(cast)
    by, part = cast.actor("case_handler"), pupil_part(case)
    wanted = talks.ConversationPlan(kind=ConversationKind.EXPOSED, held_on=today() + timedelta(days=1), guests=[cast.person("pupil")])
    talks.plan_conversation(by=by, case=case, part=part, draft=wanted)

    with set_to((now() + timedelta(days=1)).replace(hour=9)):
        assert (jobs.remind_of_days(), jobs.remind_of_days()) == (1, 0)

    told = Notice.objects.get(code="conversation.soon")
    assert told.person_ref == cast.person("case_handler").pk


def test_pages_keep_their_bound_however_many_duties(cast: Cast) -> None:
    put_plan_in_force(cast, make_case(cast))
    leaves(cast, "case_handler")
    head = sign_in(cast, "head_teacher")

    def cost(address: str) -> int:
        head.get(address)
        with CaptureQueriesContext(connection) as asked_of:
            assert head.get(address).status_code == 200
        return len(asked_of)

    one = [cost("/"), cost("/overlevering/")]
    put_plan_in_force(cast, make_case(cast, pupil=cast.person("classmate"), handlers=("contact_teacher",)))
    put_plan_in_force(cast, make_case(cast, pupil=cast.person("other_party"), handlers=("contact_teacher",)))
    leaves(cast, "contact_teacher")

    assert [cost("/"), cost("/overlevering/")] == one
    assert one[1] <= MOST_QUERIES

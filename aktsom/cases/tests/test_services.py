"""What happens in a case: opened, worked with, found out, heard, ended and taken up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aktsom.cases import services
from aktsom.cases.models import Case, CaseExclusion, CaseWorker, Note
from aktsom.cases.rules import (
    CaseState,
    ClosingObstacle,
    ClosingReason,
    GuardianDecision,
    HearingObstacle,
    HearingOutcome,
    JoiningObstacle,
    NoteKind,
    OpeningObstacle,
    PartKind,
    PostponementObstacle,
    WorkObstacle,
)
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.voice import HearingDraft
from aktsom.cases.tests.factories import answer, building, make_case, make_report, plan_of, pupil_part, put_plan_in_force
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import today
from aktsom.measures.access import plans_visible_to
from aktsom.measures.rules import PlanState, PupilAnswer
from aktsom.people.models import Enrolment
from aktsom.reports.access import reports_visible_to
from aktsom.reports.rules import ReportState, Route
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def moment() -> datetime:
    return datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


def note_draft(text: str = "Satt alene ved bordet.", **more: str) -> NoteDraft:
    return NoteDraft(kind=NoteKind.OBSERVATION, happened_at=moment(), text=text, **more)


def refusal(deed: object) -> list[object]:
    with pytest.raises(Refused) as caught:
        deed()  # type: ignore[operator]
    return caught.value.reasons


def events(case: Case) -> list[str]:
    return list(AuditEvent.objects.filter(file_id=case.public_id, kind="write").order_by("at", "id").values_list("event", flat=True))


def test_open_case_has_part_handler_plan_and_report(cast: Cast) -> None:
    report = make_report(cast)

    case = services.open_case(
        by=cast.actor("head_teacher"), report=report, pupil=cast.person("pupil"), handlers=[cast.person("case_handler")]
    )

    report.refresh_from_db()
    assert [(part.kind, part.person) for part in case.parts.all()] == [(PartKind.PUPIL, cast.person("pupil"))]
    assert [row.person for row in case.workers.all()] == [cast.person("case_handler")]
    assert [row.report for row in case.case_reports.all()] == [report]
    assert report.state == ReportState.IN_CASE
    assert (plan_of(case).pupil, plan_of(case).state) == (cast.person("pupil"), PlanState.DRAFT)
    assert plans_visible_to(cast.actor("case_handler")).get() == plan_of(case)


def test_open_case_refused_for_pupil_of_another_school_and_second_case(cast: Cast) -> None:
    report = make_report(cast)
    head, handler = cast.actor("head_teacher"), cast.person("case_handler")
    with building():
        Enrolment.objects.filter(person=cast.person("classmate")).update(school=cast.other_school)

    elsewhere = refusal(lambda: services.open_case(by=head, report=report, pupil=cast.person("classmate"), handlers=[handler]))
    services.open_case(by=head, report=report, pupil=cast.person("pupil"), handlers=[handler])
    again = refusal(lambda: services.open_case(by=head, report=make_report(cast), pupil=cast.person("pupil"), handlers=[handler]))

    assert elsewhere == [OpeningObstacle.NOT_AT_SCHOOL]
    assert again == [OpeningObstacle.PUPIL_HAS_CASE]


def test_neg_02_accused_is_shut_out_of_case_and_plan_from_the_start(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))

    assert list(case.exclusions.values_list("person_id", flat=True)) == [cast.person("contact_teacher").pk]
    assert list(plans_visible_to(cast.actor("contact_teacher"))) == []
    wanted = refusal(lambda: services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("contact_teacher")))
    assert wanted == [WorkObstacle.SHUT_OUT]


def test_neg_02_accused_cannot_be_chosen_when_the_case_is_opened(cast: Cast) -> None:
    report = make_report(cast, route=Route.STAFF, accused=("contact_teacher",))

    reasons = refusal(
        lambda: services.open_case(
            by=cast.actor("head_teacher"), report=report, pupil=cast.person("pupil"), handlers=[cast.person("contact_teacher")]
        )
    )

    assert reasons == [OpeningObstacle.HANDLER_INVOLVED]


def test_join_report_shuts_out_a_handler_the_new_report_is_about(cast: Cast) -> None:
    case = make_case(cast)
    report = make_report(cast, route=Route.STAFF, accused=("case_handler",))

    services.join_report(by=cast.actor("head_teacher"), case=case, report=report)

    assert CaseWorker.objects.filter(case=case, valid_until=None).count() == 0
    assert list(case.exclusions.values_list("person_id", flat=True)) == [cast.person("case_handler").pk]
    assert Case.objects.get(pk=case.pk).kind == "12-5"


def test_join_report_refused_between_withheld_and_ordinary(cast: Cast) -> None:
    withheld = make_case(cast, route=Route.LEADERSHIP, accused=("head_teacher",))
    open_case = make_case(cast)
    report = make_report(cast)
    services.join_report(by=cast.actor("head_teacher"), case=open_case, report=report)

    twice = refusal(lambda: services.join_report(by=cast.actor("head_teacher"), case=open_case, report=report))

    assert twice == [JoiningObstacle.ALREADY_THERE]
    assert withheld.is_withheld is True
    mixed = make_report(cast, route=Route.LEADERSHIP)
    assert refusal(lambda: services.join_report(by=cast.actor("owner_handler"), case=open_case, report=mixed)) == [
        JoiningObstacle.WITHHELD_APART
    ]


def test_withheld_case_is_worked_with_by_the_owner_only(cast: Cast) -> None:
    case = make_case(cast, route=Route.LEADERSHIP, accused=("head_teacher",))

    reasons = refusal(lambda: services.appoint_handler(by=cast.actor("owner_handler"), case=case, person=cast.person("case_handler")))

    assert reasons == [WorkObstacle.HELD_BY_OWNER]
    put_plan_in_force(cast, case, by="owner_handler")
    assert plan_of(case).state == PlanState.IN_FORCE


def test_note_is_kept_when_corrected(cast: Cast) -> None:
    case = make_case(cast)
    handler, part = cast.actor("case_handler"), pupil_part(case)
    first = services.add_note(by=handler, case=case, part=part, draft=note_draft("Satt alene."))

    second = services.correct_note(by=handler, case=case, note=first, draft=note_draft("Satt med to andre."), reason="Feil bord.")

    texts = [(note.text, note.corrects_id, note.correction_reason) for note in Note.objects.order_by("id")]
    assert texts == [("Satt alene.", None, ""), ("Satt med to andre.", first.pk, "Feil bord.")]
    assert second.corrects == first


def test_neg_18_helper_writes_only_in_her_own_part(cast: Cast) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    other = services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    helper = cast.person("teacher_without_relation")
    services.add_helper(by=head, case=case, person=helper, part=other, reason="Kjenner Sander.", valid_until=today())

    written = services.add_note(by=cast.actor("teacher_without_relation"), case=case, part=other, draft=note_draft())

    assert written.part == other
    with pytest.raises(OutOfReach):
        services.add_note(by=cast.actor("teacher_without_relation"), case=case, part=pupil_part(case), draft=note_draft())


def test_helper_needs_reason_part_and_last_day(cast: Cast) -> None:
    case = make_case(cast)
    head, helper, part = cast.actor("head_teacher"), cast.person("teacher_without_relation"), pupil_part(case)

    without = refusal(lambda: services.add_helper(by=head, case=case, person=helper, part=part, reason=" ", valid_until=None))  # type: ignore[arg-type]

    assert without == [WorkObstacle.NO_REASON, WorkObstacle.NO_END]


def test_neg_10_postponement_refused_without_reason_and_new_day(cast: Cast) -> None:
    case = make_case(cast)
    handler = cast.actor("case_handler")

    bare = refusal(lambda: services.postpone_investigation(by=handler, case=case, reason="", new_date=None))
    written = services.postpone_investigation(by=handler, case=case, reason="Eleven er syk.", new_date=today() + timedelta(days=2))

    assert bare == [PostponementObstacle.NO_REASON, PostponementObstacle.NO_DATE]
    assert written.reason == "Eleven er syk."


def test_hearing_accepts_that_the_pupil_did_not_want_to_speak(cast: Cast) -> None:
    case = make_case(cast)
    handler, part = cast.actor("case_handler"), pupil_part(case)

    silent = services.write_hearing(
        by=handler, case=case, part=part, draft=HearingDraft(outcome=HearingOutcome.DID_NOT_WANT, held_on=today())
    )
    empty = refusal(
        lambda: services.write_hearing(by=handler, case=case, part=part, draft=HearingDraft(outcome=HearingOutcome.HEARD, held_on=today()))
    )

    assert silent.outcome == HearingOutcome.DID_NOT_WANT
    assert empty == [HearingObstacle.NO_WORDS]


def test_neg_60_trusted_adult_stays_when_another_handler_is_appointed(cast: Cast) -> None:
    case = make_case(cast)
    part = services.choose_trusted_adult(
        by=cast.actor("case_handler"), case=case, part=pupil_part(case), adult=cast.person("contact_teacher")
    )

    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_without_relation"))

    part.refresh_from_db()
    assert part.trusted_adult == cast.person("contact_teacher")


def test_trusted_adult_cannot_be_somebody_shut_out(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("contact_teacher",))

    reasons = refusal(
        lambda: services.choose_trusted_adult(
            by=cast.actor("case_handler"), case=case, part=pupil_part(case), adult=cast.person("contact_teacher")
        )
    )

    assert reasons == [WorkObstacle.SHUT_OUT]


def test_guardians_not_told_do_not_meet_the_plan_until_they_are(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    handler = cast.actor("case_handler")

    services.decide_on_guardians(by=handler, case=case, decision=GuardianDecision.NOT_TOLD, reason="Eleven er redd hjemme.")
    before = list(plans_visible_to(cast.actor("guardian")))
    services.decide_on_guardians(by=handler, case=case, decision=GuardianDecision.TOLD, told_on=today())

    assert before == []
    assert list(plans_visible_to(cast.actor("guardian"))) == [plan_of(case)]
    assert list(plans_visible_to(cast.actor("pupil"))) == [plan_of(case)]


def test_employee_part_is_added_by_leadership_and_shuts_her_out(cast: Cast) -> None:
    case = make_case(cast)
    teacher = cast.person("teacher_without_relation")

    with pytest.raises(NotAllowed):
        services.add_part(by=cast.actor("case_handler"), case=case, kind=PartKind.EMPLOYEE, person=teacher)
    services.add_part(by=cast.actor("head_teacher"), case=case, kind=PartKind.EMPLOYEE, person=teacher)

    assert CaseExclusion.objects.filter(case=case, person=teacher).count() == 1


def test_neg_12_close_refused_before_the_pupil_says_safe(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    answer(cast, case, PupilAnswer.BETTER)

    reasons = refusal(lambda: services.close_case(by=head, case=case, reason=ClosingReason.SAFE, note="Det går bra.", why_already="Raskt."))

    assert reasons == [ClosingObstacle.NOT_SAFE, ClosingObstacle.NO_FINAL_EVALUATION, ClosingObstacle.MEASURES_OPEN]
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN
    answer(cast, case, PupilAnswer.SAFE, is_final=True)
    closed = services.close_case(
        by=head, case=case, reason=ClosingReason.SAFE, note="Ylva sier det er trygt.", why_already="Det hjalp straks."
    )
    assert (closed.state, closed.closing_reason, plan_of(case).state) == (CaseState.CLOSED, ClosingReason.SAFE, PlanState.ENDED)


def test_neg_12_new_report_after_the_answer_keeps_the_case_open(cast: Cast) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    answer(cast, case, PupilAnswer.SAFE, is_final=True)
    services.join_report(by=cast.actor("head_teacher"), case=case, report=make_report(cast))

    reasons = refusal(lambda: services.close_case(by=cast.actor("head_teacher"), case=case, reason=ClosingReason.SAFE, note="Ferdig."))

    assert reasons == [ClosingObstacle.ANSWER_BEFORE_CHANGE, ClosingObstacle.SAME_DAY]


def test_neg_13_case_is_not_closed_as_left_while_the_pupil_is_there(cast: Cast) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")

    there = refusal(lambda: services.close_case(by=head, case=case, reason=ClosingReason.LEFT, note="Ny skole."))
    with building():
        Enrolment.objects.filter(person=case.pupil).update(valid_until=today() - timedelta(days=1))
    closed = services.close_case(by=head, case=case, reason=ClosingReason.LEFT, note="Ny skole.")

    assert there == [ClosingObstacle.STILL_AT_SCHOOL]
    assert closed.closing_reason == ClosingReason.LEFT


def test_reopen_keeps_everything_and_asks_the_pupil_anew(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    services.add_note(by=head, case=case, part=pupil_part(case), draft=note_draft())
    answer(cast, case, PupilAnswer.SAFE, is_final=True)
    services.close_case(by=head, case=case, reason=ClosingReason.SAFE, note="Trygt.", why_already="Det hjalp straks.")

    opened = services.reopen_case(by=head, case=Case.objects.get(pk=case.pk), note="Ylva er utrygg igjen.")

    assert (opened.state, opened.closed_at, plan_of(case).state) == (CaseState.OPEN, None, PlanState.DRAFT)
    assert (opened.notes.count(), plan.versions.count(), opened.turns.count()) == (1, 1, 2)
    reasons = refusal(lambda: services.close_case(by=head, case=opened, reason=ClosingReason.SAFE, note="Trygt."))
    assert reasons == [ClosingObstacle.ANSWER_BEFORE_CHANGE, ClosingObstacle.SAME_DAY]


def test_end_work_ends_reach_of_the_plan(cast: Cast) -> None:
    case = make_case(cast)
    worker = case.workers.get()

    services.end_work(by=cast.actor("head_teacher"), case=case, worker=worker)

    assert list(plans_visible_to(cast.actor("case_handler"))) == []
    assert list(reports_visible_to(cast.actor("case_handler"))) == []


def test_every_deed_is_logged_in_the_file_of_the_case(cast: Cast) -> None:
    case = make_case(cast)
    handler, part = cast.actor("case_handler"), pupil_part(case)

    services.tell_rights(by=handler, case=case, told_on=today(), how="I samtale.")
    services.weigh_best_interests(by=handler, case=case, part=part, pupils_view="", factors="a", weighing="b", conclusion="c")
    services.add_analysis(by=handler, case=case, situation="", experience="", surroundings="", needed="Voksne", enough_known=True)
    services.add_finding(by=handler, case=case, text="Ingen voksne ute.")

    assert events(case)[-4:] == [
        Event.CASE_RIGHTS_TOLD,
        Event.CASE_BEST_INTERESTS_WEIGHED,
        Event.CASE_ANALYSED,
        Event.FINDING_ADDED,
    ]


def test_handler_reads_the_reports_of_the_case_also_later_ones(cast: Cast) -> None:
    case = make_case(cast)
    later = make_report(cast)
    services.join_report(by=cast.actor("head_teacher"), case=case, report=later)
    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_without_relation"))

    for name in ("case_handler", "teacher_without_relation"):
        assert reports_visible_to(cast.actor(name)).count() == 2
    assert reports_visible_to(cast.actor("teacher_of_others")).count() == 0

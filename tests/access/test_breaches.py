"""Breaches that were planted by hand and survived once: each is found by name here, whoever plants it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.cases import services as cases
from aktsom.cases.access import case_in_emergency, cases_visible_to
from aktsom.cases.circle import told_guardians
from aktsom.cases.contents import case_contents, plan_contents
from aktsom.cases.models import Case
from aktsom.cases.rules import NoteKind, PartKind
from aktsom.cases.selectors.numbers import CaseNumbers, case_numbers
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.tests.factories import make_case, plan_of, pupil_part, put_plan_in_force
from aktsom.core.access.actor import system_actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.access.roles import Role
from aktsom.core.accounts import drafts
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.measures.access import measures_visible_to, plans_visible_to
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import MeasureDecision, MeasureLevel, PupilAnswer
from aktsom.measures.selectors.numbers import overdue_evaluations
from aktsom.measures.selectors.tasks import my_tasks
from aktsom.measures.services import (
    EvaluationDraft,
    MeasureDraft,
    MeasureVerdict,
    add_finding,
    add_measure,
    evaluate,
    remind_of_evaluation,
    say_own_view,
    share_measure,
)
from aktsom.people.access import team_members_visible_to
from aktsom.people.models import Person, Position, TeamMember
from aktsom.people.rules import TeamTask
from aktsom.people.selectors import pupils_to_choose
from aktsom.people.services import begin_team
from aktsom.reports import services as reports
from aktsom.reports.access import judgements_visible_to, reports_visible_to
from aktsom.reports.models import Report
from aktsom.reports.rules import Involved, RecipientReason
from aktsom.reports.selectors import report_overview
from aktsom.reports.tests.factories import building, make_deputy, make_receiver, send
from tests.cast import Cast

JOB = system_actor("test")
pytestmark = pytest.mark.django_db


def meets(cast: Cast, name: str, report: Report) -> bool:
    return reports_visible_to(cast.actor(name)).filter(pk=report.pk).exists()


def same_given_name(cast: Cast, name: str, given: str) -> None:
    with building():
        person = cast.person(name)
        person.given_name = given
        person.save()


def test_l_somebody_a_written_name_can_mean_never_meets_it_also_as_deputy_later(cast: Cast) -> None:
    same_given_name(cast, "teacher_without_relation", "Petra")  # as teacher_of_others: nobody knows which of them is meant
    report = send(cast, written_accused=("Petra",), involved=Involved.STAFF)

    make_deputy(cast, "teacher_of_others")
    make_deputy(cast, "former_deputy")

    assert [meets(cast, name, report) for name in ("teacher_of_others", "teacher_without_relation", "former_deputy")] == [
        False,
        False,
        True,
    ]


def test_a_whoever_is_shut_out_of_the_case_meets_its_report_no_more_and_is_told_nothing(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")
    report = send(cast)
    case = cases.open_case(by=cast.actor("head_teacher"), report=report, pupil=cast.person("pupil"), handlers=[cast.person("case_handler")])
    for name in ("accused_head_teacher", "teacher_without_relation"):
        cases.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(name))
    before = set(Notice.objects.values_list("pk", flat=True))

    reports.add_from_reporter(by=cast.actor("contact_teacher"), report=report, text="Det skjedde igjen.")

    told = set(Notice.objects.exclude(pk__in=before).values_list("person_ref", flat=True))
    out = ("accused_head_teacher", "teacher_without_relation")
    assert [meets(cast, name, report) for name in out] == [False, False]
    assert told & {cast.person(name).pk for name in out} == set()
    assert cast.person("case_handler").pk in told


def test_h_numbers_of_cases_leave_out_the_one_the_viewer_is_shut_out_of(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    with building():
        plan.evaluate_on = today() - timedelta(days=1)
        plan.save()
    cases.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person("accused_head_teacher"))

    seen = {
        name: case_numbers(cast.actor(name), [cast.school.pk], since=now()).get(cast.school.pk)
        for name in ("head_teacher", "accused_head_teacher")
    }

    late = {name: overdue_evaluations(cast.actor(name), [cast.school.pk]) for name in seen}

    assert seen == {"head_teacher": CaseNumbers(open=1), "accused_head_teacher": None}
    assert late == {"head_teacher": {cast.school.pk: 1}, "accused_head_teacher": {}}


def shut_out(cast: Cast, case: Case, name: str) -> None:
    cases.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(name))


def told(code: str) -> set[int]:
    return set(Notice.objects.filter(code=code).values_list("person_ref", flat=True))


def test_a_head_teacher_who_is_shut_out_gets_no_notice_of_the_case_or_its_plan(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    shut_out(cast, case, "accused_head_teacher")
    with building():
        plan.evaluate_on = today() - timedelta(days=1)
        plan.save()

    cases.tell_of_missing_handler(by=JOB, case=case)
    remind_of_evaluation(by=JOB, plan=plan)

    out = cast.person("accused_head_teacher").pk
    assert cast.person("head_teacher").pk in told("case.no_handler") & told("evaluation.late")
    assert out not in told("case.no_handler") | told("evaluation.late")


def test_b_pupil_with_protected_address_stands_in_no_list_of_a_team(cast: Cast) -> None:
    team = begin_team(by=cast.actor("head_teacher"), school=cast.school, kind="pupil_services", name="", for_families=True)
    with building():
        for name in ("pupil", "classmate"):
            TeamMember.objects.create(team=team, person=cast.person(name), task=TeamTask.MEMBER, valid_from=today())
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=True)

    shown = set(team_members_visible_to(cast.actor("contact_teacher")).values_list("person_id", flat=True))

    assert shown == {cast.person("classmate").pk}


def test_h_overview_of_reports_counts_none_that_the_leadership_may_not_know_of(cast: Cast) -> None:
    for _number in range(4):
        send(cast)
    send(cast, accused=("accused_head_teacher",))
    before = report_overview(cast.actor("head_teacher"), school_id=cast.school.pk)
    send(cast)

    after = report_overview(cast.actor("head_teacher"), school_id=cast.school.pk)

    assert [row.amount for row in before["channel"]] == ["vises ikke"]
    assert [row.amount for row in after["channel"]] == ["5"]


def test_l_accused_and_those_a_name_can_mean_cannot_take_the_report_over(cast: Cast) -> None:
    same_given_name(cast, "teacher_without_relation", "Petra")
    certain = send(cast, accused=("case_handler",))
    unclear = send(cast, written_accused=("Petra",), involved=Involved.STAFF)

    for name, report in (("case_handler", certain), ("teacher_of_others", unclear), ("teacher_without_relation", unclear)):
        with pytest.raises(OutOfReach):
            reports.take_over_report(by=cast.actor(name), public_id=report.public_id, from_person_id=0, ends=False)

    assert [report.recipients.filter(reason=RecipientReason.HANDLER).count() for report in (certain, unclear)] == [0, 0]


@pytest.mark.parametrize(("accused", "seen"), [("teacher_of_others", 1), ("owner_handler", 0)])
def test_l_owners_handler_is_shown_no_judgement_of_a_report_about_herself(cast: Cast, accused: str, seen: int) -> None:
    report = send(cast, accused=(accused,))
    reports.judge_groundless(by=cast.actor("head_teacher"), report=report, reason="Vurdert.")

    assert judgements_visible_to(cast.actor("owner_handler")).count() == seen
    assert not meets(cast, accused, report)


def test_m_measure_that_is_shared_is_in_the_log_of_both_plans(cast: Cast) -> None:
    plans = [put_plan_in_force(cast, make_case(cast, pupil=cast.person(name))) for name in ("pupil", "other_party")]
    head = cast.actor("head_teacher")
    draft = MeasureDraft(what="En voksen til ute.", level=MeasureLevel.SCHOOL, finding=plans[0].findings.get(), starts_on=today())
    measure = add_measure(by=head, plan=plans[0], draft=draft)

    share_measure(by=head, measure=measure, plan=plans[1])

    logged = AuditEvent.objects.filter(event=Event.MEASURE_SHARED).values_list("file_id", flat=True)
    assert set(logged) == {plan.scope().file_id for plan in plans}


def case_with_everything(cast: Cast) -> tuple[Case, ActionPlan]:
    """A case where each wall and each paper has words of its own to keep."""
    case, head = make_case(cast), cast.actor("head_teacher")
    for kind, name, text in (
        (PartKind.INVOLVED_PUPIL, "other_party", "OM-SANDER"),
        (PartKind.EMPLOYEE, "teacher_of_others", "OM-PETRA"),
    ):
        part = cases.add_part(by=head, case=case, kind=kind, person=cast.person(name))
        cases.add_note(by=head, case=case, part=part, draft=NoteDraft(kind=NoteKind.LOG, happened_at=now(), text=text))
    plan, adult = plan_of(case), cast.person("contact_teacher")
    finding = add_finding(by=head, plan=plan, text="Ingen voksne der.")
    why = {"adaptation": "HVORFOR-HER", "responsible": adult, "carried_out_by": adult, "starts_on": today()}
    add_measure(by=head, plan=plan, draft=MeasureDraft(what="Se til.", level=MeasureLevel.PUPIL, finding=finding, **why))
    put_plan_in_force(cast, case)
    cases.decide_on_guardians(by=head, case=case, decision="told", told_on=today())
    plan.refresh_from_db()
    for measure in plan.measures.all():
        say_own_view(by=cast.actor("guardian"), measure=measure, text="MORS-SYN")
    verdicts = [
        MeasureVerdict(measure=row, was_done=True, decision=MeasureDecision.KEEP, reason="Går greit.") for row in plan.measures.all()
    ]
    said = {"pupil_words": "Det går.", "staff_words": "ANSATTES-ORD", "guardians_words": "MORS-ORD"}
    draft = EvaluationDraft(
        held_on=today(), pupil_answer=PupilAnswer.BETTER, verdicts=verdicts, next_on=today() + timedelta(days=9), is_final=False, **said
    )
    evaluate(by=head, plan=plan, draft=draft)
    return case, plan


def test_d_each_paper_holds_only_what_is_for_the_one_who_gets_it(cast: Cast) -> None:
    case, plan = case_with_everything(cast)

    papers = {
        "family": str(plan_contents(case, plan, for_family=True)),
        "school": str(plan_contents(case, plan, for_family=False)),
        "file of the handler": str(case_contents(cast.actor("case_handler"), case)),
        "file of the head": str(case_contents(cast.actor("head_teacher"), case)),
    }

    words = ("HVORFOR-HER", "MORS-SYN", "ANSATTES-ORD", "MORS-ORD", "OM-SANDER", "OM-PETRA")
    assert {name: [word for word in words if word in text] for name, text in papers.items()} == {
        "family": [],
        "school": ["HVORFOR-HER", "MORS-SYN", "ANSATTES-ORD", "MORS-ORD"],
        "file of the handler": ["ANSATTES-ORD", "MORS-ORD", "OM-SANDER"],
        "file of the head": ["ANSATTES-ORD", "MORS-ORD", "OM-SANDER", "OM-PETRA"],
    }


def test_d_helper_corrects_no_note_in_a_part_that_is_not_hers(cast: Cast) -> None:
    case, head = make_case(cast), cast.actor("head_teacher")
    other = cases.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    draft = NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="Sto alene.")
    notes = [cases.add_note(by=head, case=case, part=part, draft=draft) for part in (other, pupil_part(case))]
    helper, end = cast.person("contact_teacher"), today() + timedelta(days=3)
    cases.add_helper(by=head, case=case, person=helper, part=other, reason="Kjenner Sander.", valid_until=end)

    cases.correct_note(by=cast.actor("contact_teacher"), case=case, note=notes[0], draft=draft, reason="Så feil.")
    with pytest.raises(OutOfReach):
        cases.correct_note(by=cast.actor("contact_teacher"), case=case, note=notes[1], draft=draft, reason="Så feil.")


def test_a_guardian_who_is_shut_out_is_told_of_nothing(cast: Cast) -> None:
    case = make_case(cast)
    cases.decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="told", told_on=today())
    before = [person.pk for person in told_guardians(case)]

    shut_out(cast, case, "guardian")

    assert (before, told_guardians(case)) == ([cast.person("guardian").pk], [])


def test_b_list_to_choose_pupils_from_never_holds_one_with_protected_address(cast: Cast) -> None:
    with building():
        Person.objects.filter(pk=cast.person("pupil").pk).update(protected_address=True)

    listed = {person.pk for person in pupils_to_choose(cast.actor("head_teacher"), school_id=cast.school.pk)}

    assert listed & {cast.person(name).pk for name in ("pupil", "classmate")} == {cast.person("classmate").pk}


def test_c_measure_in_two_plans_takes_no_background_along_and_names_nobody_in_the_list_of_its_doer(cast: Cast) -> None:
    plans = [put_plan_in_force(cast, make_case(cast, pupil=cast.person(name))) for name in ("pupil", "other_party")]
    head, doer = cast.actor("head_teacher"), cast.person("case_handler")
    who = {"responsible": doer, "carried_out_by": doer, "starts_on": today(), "adaptation": "HVORFOR-HER"}
    draft = MeasureDraft(what="En voksen til ute.", level=MeasureLevel.SCHOOL, finding=plans[0].findings.get(), **who)
    measure = add_measure(by=head, plan=plans[0], draft=draft)

    share_measure(by=head, measure=measure, plan=plans[1])

    laid = plans[1].measures.get(shared_ref=measure.shared_ref)
    assert (measure.adaptation, laid.adaptation, laid.finding) == ("HVORFOR-HER", "", None)
    assert [task.pupil for task in my_tasks(cast.actor("case_handler"))] == [""]


def test_e_emergency_opens_nothing_for_somebody_on_watch_at_another_school(cast: Cast) -> None:
    case = make_case(cast)
    with building():
        for name, school in (("former_deputy", cast.school), ("head_teacher_elsewhere", cast.other_school)):
            Position.objects.create(person=cast.person(name), role=Role.DEPARTMENT_HEAD, school=school, valid_from=today())

    met = [case_in_emergency(cast.actor(name), case.pupil_id) for name in ("former_deputy", "head_teacher_elsewhere")]

    assert met == [case, None]


def test_j_what_somebody_typed_is_in_nobody_elses_list_or_form(cast: Cast) -> None:
    hers, another = cast.person("contact_teacher").user, cast.person("teacher_of_others").user
    drafts.keep_draft(user=hers, form_key="report.staff", content={"what_happened": ["Ylva gråt."]})

    assert [len(drafts.drafts_of(user)) for user in (hers, another)] == [1, 0]
    assert drafts.initial_for(another, "report.staff") == {}


def test_l_case_that_grows_out_of_a_report_is_shut_for_those_a_name_in_it_can_mean_also_as_deputy_later(cast: Cast) -> None:
    same_given_name(cast, "teacher_without_relation", "Petra")
    report = send(cast, written_accused=("Petra",), involved=Involved.STAFF)
    case = cases.open_case(by=cast.actor("head_teacher"), report=report, pupil=cast.person("pupil"), handlers=[cast.person("case_handler")])
    plan = put_plan_in_force(cast, case)

    for name in ("teacher_of_others", "teacher_without_relation", "former_deputy"):
        make_deputy(cast, name)

    def met(name: str) -> list[int]:
        actor = cast.actor(name)
        return [cases_visible_to(actor).count(), plans_visible_to(actor).filter(pk=plan.pk).count(), measures_visible_to(actor).count()]

    seen = {name: met(name) for name in ("teacher_of_others", "teacher_without_relation", "former_deputy")}
    assert seen == {"teacher_of_others": [0, 0, 0], "teacher_without_relation": [0, 0, 0], "former_deputy": [1, 1, 1]}

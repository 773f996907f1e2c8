"""A name in a report can mean several people: none of them meets the case, whatever she becomes, until somebody decides."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from aktsom.cases import selectors, services
from aktsom.cases.access import case_in_emergency, cases_visible_to, handovers_visible_to
from aktsom.cases.circle import adults_to_write_to, told_guardians
from aktsom.cases.duties import duties_led, duties_to_place, own_duties
from aktsom.cases.models import Case
from aktsom.cases.rules import ExclusionReason, WorkObstacle
from aktsom.cases.rules.continuity import DutyConcern, HandoverObstacle, HandoverReason
from aktsom.cases.selectors.continuity import waiting_days
from aktsom.cases.selectors.numbers import CaseNumbers, case_numbers
from aktsom.cases.services.continuity import propose_handover
from aktsom.cases.services.records import tell
from aktsom.cases.tests.factories import put_plan_in_force
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.measures.access import measures_visible_to, plans_visible_to
from aktsom.measures.selectors import shut_out as shut_out_of_plan
from aktsom.people.models import Guardianship, Position
from aktsom.reports import services as reports
from aktsom.reports.access import reports_visible_to
from aktsom.reports.models import Report
from aktsom.reports.rules import Involved, Route
from aktsom.reports.tests.factories import building, make_deputy, send
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

MEANT = ("teacher_of_others", "teacher_without_relation")  # both are called Petra in these tests


@pytest.fixture(autouse=True)
def two_named_petra(cast: Cast) -> None:
    call(cast, "teacher_without_relation", "Petra")


def call(cast: Cast, name: str, given: str) -> None:
    with building():
        person = cast.person(name)
        person.given_name = given
        person.save()


def about_petra(cast: Cast, **wishes: object) -> Report:
    return send(cast, written_accused=("Petra",), involved=Involved.STAFF, **wishes)


def opened(cast: Cast, report: Report, *, by: str = "head_teacher", handlers: tuple[str, ...] = ("case_handler",)) -> Case:
    return services.open_case(
        by=cast.actor(by), report=report, pupil=cast.person("pupil"), handlers=[cast.person(name) for name in handlers]
    )


def met(cast: Cast, name: str, case: Case) -> tuple[int, int, int, int]:
    """How much of it all she meets: the case, its plan, the plan's measures, the reports."""
    actor = cast.actor(name)
    reports = reports_visible_to(actor).filter(pk__in=case.case_reports.values("report_id"))
    plans = plans_visible_to(actor).filter(file_ref=case.public_id)
    measures = measures_visible_to(actor).filter(plan__file_ref=case.public_id)
    return (cases_visible_to(actor).filter(pk=case.pk).count(), plans.count(), measures.count(), reports.count())


NOTHING, ALL = (0, 0, 0, 0), (1, 1, 1, 1)


def test_deputy_later_meets_nothing_of_the_case_when_a_name_can_mean_her(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    put_plan_in_force(cast, case)
    for name in (*MEANT, "former_deputy"):
        make_deputy(cast, name)

    assert {name: met(cast, name, case) for name in (*MEANT, "former_deputy", "head_teacher")} == {
        "teacher_of_others": NOTHING,
        "teacher_without_relation": NOTHING,
        "former_deputy": ALL,
        "head_teacher": ALL,
    }


def test_head_teacher_later_meets_nothing_and_is_not_among_those_who_can_be_set_to_work(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    put_plan_in_force(cast, case)
    with building():
        Position.objects.create(person=cast.person("teacher_of_others"), role=Role.HEAD_TEACHER, school=cast.school, valid_from=today())
    petra = cast.person("teacher_of_others")

    assert met(cast, "teacher_of_others", case) == NOTHING
    assert petra not in selectors.people_at_work(case)
    with pytest.raises(Refused) as refused:
        services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=petra)
    assert refused.value.reasons == [WorkObstacle.SHUT_OUT]


def test_pages_lists_and_today_of_the_deputy_say_nothing_of_the_case(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    plan = put_plan_in_force(cast, case)
    with building():
        plan.evaluate_on = today() - timedelta(days=1)  # so that something waits on «I dag»
        plan.save()
    for name in ("teacher_of_others", "former_deputy"):
        make_deputy(cast, name)
    lists = ["/", reverse("cases:case-list"), reverse("cases:case-list") + "?navn=Ylva", reverse("cases:handover-list")]
    rooms = [reverse("cases:case-detail", args=[case.public_id]), reverse("measures:plan-detail", args=[plan.public_id])]

    def seen(name: str) -> tuple[list[int], list[bool]]:
        client = sign_in(cast, name)
        named = [case.public_id in (page := client.get(address).content.decode()) or "Ylvasen" in page for address in lists]
        return [client.get(address).status_code for address in rooms], named

    assert seen("teacher_of_others") == ([404, 404], [False, False, False, False])
    assert seen("former_deputy") == ([200, 200], [True, True, True, False])


def test_a_notice_of_the_case_reaches_no_deputy_the_name_can_mean(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    people = [cast.person(name).pk for name in ("teacher_of_others", "former_deputy")]

    with building():
        tell(cast.actor("head_teacher"), case, people, "case.changed", "now")

    assert list(Notice.objects.filter(code="case.changed").values_list("person_ref", flat=True)) == [people[1]]


def test_numbers_of_the_deputy_a_name_can_mean_leave_the_case_out(cast: Cast) -> None:
    opened(cast, about_petra(cast))
    for name in ("teacher_of_others", "former_deputy"):
        make_deputy(cast, name)

    counted = [
        case_numbers(cast.actor(name), [cast.school.pk], since=now()).get(cast.school.pk) for name in ("teacher_of_others", "former_deputy")
    ]

    assert counted == [None, CaseNumbers(open=1)]


def test_somebody_of_the_same_name_who_came_later_from_another_school_is_not_meant(cast: Cast) -> None:
    call(cast, "head_teacher_elsewhere", "Petra")
    case = opened(cast, about_petra(cast))
    put_plan_in_force(cast, case)
    with building():
        Position.objects.create(person=cast.person("head_teacher_elsewhere"), role=Role.STAFF, school=cast.school, valid_from=today())
    make_deputy(cast, "head_teacher_elsewhere")

    assert met(cast, "head_teacher_elsewhere", case) == ALL


def test_guardian_with_the_name_meets_the_childs_case_unless_she_works_at_the_school_too(cast: Cast) -> None:
    call(cast, "guardian", "Petra")
    with building():
        Guardianship.objects.create(
            pupil=cast.person("pupil"), guardian=cast.person("teacher_of_others"), parental_responsibility=True, valid_from=today()
        )
    case = opened(cast, about_petra(cast))
    put_plan_in_force(cast, case)
    services.decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="told", told_on=today())

    assert told_guardians(case) == [cast.person("guardian")]
    assert (met(cast, "guardian", case), met(cast, "teacher_of_others", case)) == ((1, 1, 1, 0), NOTHING)
    services.clear_of_name(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))
    assert met(cast, "teacher_of_others", case) == (1, 1, 1, 0)


def test_guardian_whom_it_was_decided_not_to_tell_gets_no_plan_back_with_her_name_cleared(cast: Cast) -> None:
    with building():
        Guardianship.objects.create(
            pupil=cast.person("pupil"), guardian=cast.person("teacher_of_others"), parental_responsibility=True, valid_from=today()
        )
    case = opened(cast, about_petra(cast))
    plan = put_plan_in_force(cast, case)
    services.decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="not_told", reason="Farlig hjemme.")

    services.clear_of_name(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))

    assert cases_visible_to(cast.actor("teacher_of_others")).count() == 0
    assert cast.person("teacher_of_others").pk in shut_out_of_plan(plan)


def test_name_that_is_cleared_opens_case_plan_and_report_for_her_alone_and_stands_in_the_log(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    put_plan_in_force(cast, case)
    for name in MEANT:
        make_deputy(cast, name)

    services.clear_of_name(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))

    assert [met(cast, name, case) for name in MEANT] == [ALL, NOTHING]
    logged = AuditEvent.objects.filter(event__in=[Event.CASE_NAME_CLEARED, Event.REPORT_BAR_LIFTED], kind="write")
    assert sorted(logged.values_list("event", flat=True)) == [Event.CASE_NAME_CLEARED, Event.REPORT_BAR_LIFTED, Event.REPORT_BAR_LIFTED]
    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))
    assert case.workers.filter(person=cast.person("teacher_of_others"), valid_until=None).count() == 1


def test_handler_the_opener_chose_is_judged_not_to_be_meant_and_the_other_stays_out(cast: Cast) -> None:
    case = opened(cast, about_petra(cast), handlers=("teacher_of_others",))
    put_plan_in_force(cast, case)
    make_deputy(cast, "teacher_without_relation")

    assert [met(cast, name, case) for name in MEANT] == [ALL, NOTHING]
    assert list(case.exclusions.values_list("person_id", "reason")) == [
        (cast.person("teacher_without_relation").pk, ExclusionReason.MAY_BE)
    ]


def test_nobody_a_name_can_mean_is_proposed_and_the_list_of_others_says_why(cast: Cast) -> None:
    call(cast, "contact_teacher", "Petra")  # nearest the pupil, so the first the page would have proposed
    report = about_petra(cast, by="former_deputy", reporter=cast.person("former_deputy"))

    choices = selectors.opening_choices(cast.actor("head_teacher"), report, [])
    page = sign_in(cast, "head_teacher").get(reverse("cases:case-open") + f"?melding={report.public_id}").content.decode()

    teacher = cast.person("contact_teacher")
    assert (teacher in choices.handlers, teacher in choices.others) == (False, True)
    assert f"{teacher}, meldingen kan gjelde denne personen" in page


def test_second_report_that_can_mean_the_handler_shuts_her_out_until_somebody_decides(cast: Cast) -> None:
    case = opened(cast, send(cast), handlers=("teacher_of_others", "case_handler"))
    put_plan_in_force(cast, case)
    before = met(cast, "teacher_of_others", case)

    services.join_report(by=cast.actor("head_teacher"), case=case, report=about_petra(cast))

    assert (before, met(cast, "teacher_of_others", case)) == (ALL, NOTHING)
    assert met(cast, "case_handler", case) == (1, 1, 1, 2)
    services.clear_of_name(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))
    assert met(cast, "teacher_of_others", case) == NOTHING  # her work ended, and she is set to it anew
    services.appoint_handler(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))
    assert met(cast, "teacher_of_others", case) == (1, 1, 1, 2)


def test_helper_in_one_part_and_the_trusted_adult_are_shut_out_by_a_second_report_too(cast: Cast) -> None:
    case, head = opened(cast, send(cast)), cast.actor("head_teacher")
    until = today() + timedelta(days=5)
    helper = cast.person("teacher_without_relation")
    services.add_helper(by=head, case=case, person=helper, part=case.parts.get(), reason="Kjenner henne.", valid_until=until)
    services.choose_trusted_adult(by=head, case=case, part=case.parts.get(), adult=cast.person("teacher_of_others"))

    services.join_report(by=head, case=case, report=about_petra(cast))

    assert [met(cast, name, case) for name in MEANT] == [NOTHING, NOTHING]
    assert cast.person("teacher_of_others") not in adults_to_write_to(case, cast.person("pupil").pk)


def test_report_without_such_a_name_takes_the_bar_over_when_it_joins_and_gives_it_back(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    plain = send(cast)
    services.join_report(by=cast.actor("head_teacher"), case=case, report=plain)
    make_deputy(cast, "teacher_of_others")

    def meets() -> bool:
        return reports_visible_to(cast.actor("teacher_of_others")).filter(pk=plain.pk).exists()

    before = meets()
    services.clear_of_name(by=cast.actor("head_teacher"), case=case, person=cast.person("teacher_of_others"))

    assert (before, meets()) == (False, True)


def test_whoever_is_too_near_stays_out_whatever_the_name_means(cast: Cast) -> None:
    case, head = opened(cast, about_petra(cast)), cast.actor("head_teacher")
    petra = cast.person("teacher_of_others")
    services.exclude_person(by=head, case=case, person=petra)

    with pytest.raises(OutOfReach):
        services.clear_of_name(by=head, case=case, person=petra)

    assert case.exclusions.get(person=petra).reason == ExclusionReason.CONFLICT


def test_report_about_two_pupils_keeps_the_doubt_in_both_cases_and_nearness_in_the_one(cast: Cast) -> None:
    report, head = about_petra(cast, pupils=()), cast.actor("head_teacher")
    first = opened(cast, report)
    services.exclude_person(by=head, case=first, person=cast.person("teacher_of_others"))
    second = services.open_case(by=head, report=report, pupil=cast.person("other_party"), handlers=[cast.person("case_handler")])
    make_deputy(cast, "teacher_of_others")
    before = [met(cast, "teacher_of_others", case) for case in (first, second)]

    services.clear_of_name(by=head, case=second, person=cast.person("teacher_of_others"))

    after = [cases_visible_to(cast.actor("teacher_of_others")).filter(pk=case.pk).count() for case in (first, second)]
    assert (before, after) == ([NOTHING, NOTHING], [0, 1])
    assert reports_visible_to(cast.actor("teacher_of_others")).count() == 0  # the first case still shuts her out of it


def test_name_in_two_cases_of_the_same_report_is_cleared_in_both(cast: Cast) -> None:
    report, head = about_petra(cast, pupils=()), cast.actor("head_teacher")
    cases = [
        services.open_case(by=head, report=report, pupil=cast.person(name), handlers=[cast.person("case_handler")])
        for name in ("pupil", "other_party")
    ]
    make_deputy(cast, "teacher_of_others")

    services.clear_of_name(by=head, case=cases[0], person=cast.person("teacher_of_others"))

    assert list(cases_visible_to(cast.actor("teacher_of_others")).order_by("pk")) == cases


def test_owner_handler_later_meets_no_withheld_case_a_name_can_mean_her_in(cast: Cast) -> None:
    report = send(cast, written_accused=("rektor Petra",), involved=Involved.LEADERSHIP)
    case = opened(cast, report, by="owner_handler", handlers=("owner_handler",))
    with building():
        for name in ("teacher_of_others", "former_deputy"):
            Position.objects.create(person=cast.person(name), role=Role.OWNER_HANDLER, owner=cast.owner, valid_from=today())
    owner = cast.actor("owner_handler")

    assert report.route == Route.LEADERSHIP
    services.appoint_handler(by=owner, case=case, person=cast.person("former_deputy"))
    with pytest.raises(Refused):
        services.appoint_handler(by=owner, case=case, person=cast.person("teacher_of_others"))
    assert cast.person("teacher_of_others") not in selectors.people_at_work(case)
    assert [cases_visible_to(cast.actor(name)).count() for name in ("former_deputy", "teacher_of_others")] == [1, 0]
    assert [case_in_emergency(cast.actor(name), case.pupil_id) for name in ("former_deputy", "teacher_of_others")] == [case, None]


@pytest.mark.parametrize("wish", [{"written_accused": ("rektor",)}, {"involved": Involved.LEADERSHIP}])
def test_leader_whom_no_name_points_at_meets_no_withheld_case_as_the_owners_handler_later(cast: Cast, wish: dict[str, Any]) -> None:
    report = send(cast, **wish)
    case = opened(cast, report, by="owner_handler", handlers=("owner_handler",))
    with building():
        for name in ("accused_head_teacher", "former_deputy"):
            Position.objects.create(person=cast.person(name), role=Role.OWNER_HANDLER, owner=cast.owner, valid_from=today())

    assert report.route == Route.LEADERSHIP
    assert {row.person_id for row in case.exclusions.all()} == {
        cast.person(name).pk for name in ("head_teacher", "accused_head_teacher", "case_handler")
    }
    assert [case_in_emergency(cast.actor(name), case.pupil_id) for name in ("former_deputy", "accused_head_teacher")] == [case, None]
    services.clear_of_name(by=cast.actor("owner_handler"), case=case, person=cast.person("accused_head_teacher"))
    assert case_in_emergency(cast.actor("accused_head_teacher"), case.pupil_id) == case


def test_leader_who_is_named_is_the_only_leader_a_report_can_mean_and_its_receiver_never_is(cast: Cast) -> None:
    with building():
        Position.objects.create(person=cast.person("owner_handler"), role=Role.DEPARTMENT_HEAD, school=cast.school, valid_from=today())

    named = send(cast, accused=("accused_head_teacher",))
    unnamed = send(cast, involved=Involved.LEADERSHIP)

    assert list(named.bars.all()) == []
    assert cast.person("owner_handler").pk not in set(unnamed.bars.values_list("person_id", flat=True))
    assert reports_visible_to(cast.actor("owner_handler")).count() == 2


def test_report_that_waits_is_offered_to_nobody_it_can_mean_and_she_sees_no_question_of_it(cast: Cast) -> None:
    report, head = about_petra(cast), cast.actor("head_teacher")
    reports.acknowledge_report(by=head, report=report)
    duty = next(duty for duty in own_duties(head) + duties_led(head) if duty.object_ref == report.public_id)

    with pytest.raises(Refused) as refused:
        propose_handover(by=head, duty=duty, to=cast.person("teacher_of_others"), reason=HandoverReason.AWAY)
    propose_handover(by=head, duty=duty, to=cast.person("former_deputy"), reason=HandoverReason.AWAY)
    make_deputy(cast, "teacher_of_others")

    assert refused.value.reasons == [HandoverObstacle.SHUT_OUT]
    assert [handovers_visible_to(cast.actor(name)).count() for name in ("former_deputy", "teacher_of_others")] == [1, 0]


def test_what_lay_with_somebody_who_is_shut_out_waits_for_a_new_person(cast: Cast) -> None:
    case, head = opened(cast, send(cast)), cast.actor("head_teacher")
    plan = put_plan_in_force(cast, case)  # the contact teacher answers for the measure, carries it out and evaluates
    call(cast, "contact_teacher", "Petra")
    before = [duty for duty in duties_to_place(head) if duty.case == case]

    services.join_report(by=head, case=case, report=about_petra(cast, by="former_deputy", reporter=cast.person("former_deputy")))

    waiting = [duty for duty in duties_to_place(head) if duty.case == case]
    assert before == []
    assert {(duty.person_id, duty.concern) for duty in waiting} == {(cast.person("contact_teacher").pk, DutyConcern.SHUT_OUT)}
    assert {duty.object_ref for duty in waiting} == {plan.public_id, plan.measures.get().public_id}


def test_question_of_taking_over_is_gone_from_today_when_she_is_shut_out_meanwhile(cast: Cast) -> None:
    case, head = opened(cast, send(cast)), cast.actor("head_teacher")
    duty = next(duty for duty in duties_led(head) if duty.case == case)
    propose_handover(by=head, duty=duty, to=cast.person("teacher_of_others"), reason=HandoverReason.LEFT)
    before = [row.code for row in waiting_days(cast.actor("teacher_of_others"))]

    services.join_report(by=head, case=case, report=about_petra(cast))

    assert (before, [row.code for row in waiting_days(cast.actor("teacher_of_others"))]) == (["handover"], [])


def test_head_teacher_is_told_whom_the_case_is_shut_for_and_opens_it_on_the_page_of_people(cast: Cast) -> None:
    report, client = about_petra(cast), sign_in(cast, "head_teacher")
    ylva, head = cast.person("pupil"), cast.person("head_teacher")
    sent = {"pupil": ylva.public_id, "handlers": [head.public_id]}

    told = client.post(reverse("cases:case-open") + f"?melding={report.public_id}", sent, follow=True).content.decode()
    case = Case.objects.get()
    row = case.exclusions.get(person=cast.person("teacher_of_others"))
    page = client.get(reverse("cases:case-people", args=[case.public_id])).content.decode()
    address = reverse("cases:name-clear", args=[case.public_id, row.public_id])
    asked = client.get(address)
    done = client.post(address, follow=True)

    assert "som derfor er stengt ute av saken. Rektor kan åpne igjen under «Hvem»." in told
    assert address in page
    assert (asked.status_code, done.status_code, "er ikke lenger stengt ute" in done.content.decode()) == (200, 200, True)
    assert list(case.exclusions.values_list("person_id", flat=True)) == [cast.person("teacher_without_relation").pk]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("head_teacher", 200), ("case_handler", 403), ("teacher_of_others", 404)])
def test_only_who_may_shut_out_decides_whom_a_name_means(cast: Cast, name: str, status: int) -> None:
    case = opened(cast, about_petra(cast))
    row = case.exclusions.get(person=cast.person("teacher_of_others"))

    assert sign_in(cast, name).get(reverse("cases:name-clear", args=[case.public_id, row.public_id])).status_code == status


def test_upgrade_shuts_those_meant_out_of_cases_that_are_open_already_but_not_their_handler(cast: Cast) -> None:
    case = opened(cast, about_petra(cast))
    plan = put_plan_in_force(cast, case)
    with building():  # as it lay before: only the report knew
        case.exclusions.all().delete()
        plan.accesses.filter(kind="excluded").delete()
        call(cast, "case_handler", "Petra")
        report = Report.objects.get()
        report.bars.create(person=cast.person("case_handler"), reason="may_be_meant", barred_at=now(), content_key=report.content_key)
        for _twice in range(2):
            import_module("aktsom.cases.migrations.0007_may_be_meant").shut_out_those_meant(apps, None)

    out = {cast.person(name).pk for name in MEANT}
    assert set(case.exclusions.filter(reason=ExclusionReason.MAY_BE).values_list("person_id", flat=True)) == out
    assert (plan.accesses.filter(kind="excluded").count(), shut_out_of_plan(plan)) == (2, out)

"""Breaches that were planted by hand and survived once: each is found by name here, whoever plants it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.cases import services as cases
from aktsom.cases.selectors.numbers import CaseNumbers, case_numbers
from aktsom.cases.tests.factories import make_case, put_plan_in_force
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.measures.selectors.numbers import overdue_evaluations
from aktsom.reports import services as reports
from aktsom.reports.access import reports_visible_to
from aktsom.reports.models import Report
from aktsom.reports.rules import Involved
from aktsom.reports.tests.factories import building, make_deputy, make_receiver, send
from tests.cast import Cast

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

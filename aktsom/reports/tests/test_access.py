"""Who meets a report: each condition with somebody who nearly does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import ANONYMOUS, system_actor
from aktsom.core.access.door import NotAllowed, OutOfReach
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.models import Deputyship
from aktsom.reports import services
from aktsom.reports.access import (
    get_own_report,
    get_owner_notice,
    get_report,
    get_sent_report,
    lookup_of,
    own_reports,
    owner_notices_visible_to,
    relations,
    report_by_lookup,
    reports_visible_to,
)
from aktsom.reports.models import Report
from aktsom.reports.rules import NoticePurpose, Route
from aktsom.reports.tests.factories import building, end_position, make_deputy, make_receiver, send, send_anonymously
from tests.cast import CAST, Cast

pytestmark = pytest.mark.django_db


def who_meets(cast: Cast, report: Report) -> set[str]:
    return {name for name in CAST if reports_visible_to(cast.actor(name)).filter(pk=report.pk).exists()}


def who_meets_notice(cast: Cast, report: Report) -> set[str]:
    return {name for name in CAST if owner_notices_visible_to(cast.actor(name)).filter(report=report).exists()}


def test_ordinary_report_is_met_by_the_head_teachers_only(cast: Cast) -> None:
    assert who_meets(cast, send(cast)) == {"head_teacher", "accused_head_teacher"}


def test_delegated_receiver_meets_it_while_she_works_there(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")
    report = send(cast)
    before = who_meets(cast, report)

    end_position(cast, "teacher_without_relation")

    assert before - who_meets(cast, report) == {"teacher_without_relation"}


def test_deputy_meets_reports_only_while_she_stands_in(cast: Cast) -> None:
    report = send(cast)
    make_deputy(cast, "teacher_of_others")
    during = who_meets(cast, report)

    with building():
        Deputyship.objects.filter(deputy=cast.person("teacher_of_others")).update(
            valid_from=today() - timedelta(days=3), valid_until=today() - timedelta(days=1)
        )

    assert during - who_meets(cast, report) == {"teacher_of_others"}


def test_neg_02_accused_teacher_of_the_pupil_never_meets_the_report(cast: Cast) -> None:
    make_receiver(cast, "contact_teacher")

    ordinary, about_her = send(cast, by="pupil"), send(cast, by="pupil", accused=("contact_teacher",))

    assert who_meets(cast, ordinary) - who_meets(cast, about_her) == {"contact_teacher"}


def test_accused_who_becomes_head_teacher_still_never_meets_it(cast: Cast) -> None:
    report = send(cast, accused=("teacher_without_relation",))

    make_deputy(cast, "teacher_without_relation")

    assert who_meets(cast, report) == {"head_teacher", "accused_head_teacher"}


def test_neg_01_leadership_report_is_met_by_the_owner_only(cast: Cast) -> None:
    make_deputy(cast, "case_handler")
    make_receiver(cast, "teacher_of_others")

    report = send(cast, accused=("accused_head_teacher",))

    assert report.route == Route.LEADERSHIP
    assert who_meets(cast, report) == {"owner_handler"}
    assert who_meets_notice(cast, report) == {"owner_handler"}


def test_owner_meets_an_ordinary_report_only_when_told(cast: Cast) -> None:
    report = send(cast)
    before = who_meets(cast, report)

    services.notify_owner(by=cast.actor("head_teacher"), report=report, purpose=NoticePurpose.SERIOUS, reason="Flere mot én.")

    assert who_meets(cast, report) - before == {"owner_handler"}
    assert who_meets_notice(cast, report) == {"owner_handler"}


def test_owner_handler_who_leaves_loses_the_leadership_report(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",))

    end_position(cast, "owner_handler")

    assert who_meets(cast, report) == set()
    assert who_meets_notice(cast, report) == set()


def test_owner_works_with_a_leadership_report_and_only_follows_others(cast: Cast) -> None:
    owner = cast.actor("owner_handler")
    withheld, told = send(cast, accused=("accused_head_teacher",)), send(cast)
    services.notify_owner(by=cast.actor("head_teacher"), report=told, purpose=NoticePurpose.SERIOUS, reason="Flere mot én.")

    assert relations(owner, withheld) >= {Role.CASE_OWNER_HANDLER}
    assert relations(owner, told) == {Role.CASE_OWNER_FOLLOWER}
    assert get_report(owner, Action.REPORT_ASSESS, withheld.public_id) == withheld
    with pytest.raises(NotAllowed):
        get_report(owner, Action.REPORT_ASSESS, told.public_id)


def test_reporter_follows_her_own_and_reads_no_assessment(cast: Cast) -> None:
    report = send(cast)
    reporter, colleague = cast.actor("contact_teacher"), cast.actor("teacher_without_relation")

    assert get_own_report(reporter, report.public_id) == report
    with pytest.raises(OutOfReach):
        get_report(reporter, Action.REPORT_SEE, report.public_id)
    with pytest.raises(OutOfReach):
        get_own_report(colleague, report.public_id)
    assert list(own_reports(colleague)) == []
    assert list(own_reports(ANONYMOUS)) == []


def test_page_after_sending_is_for_sender_and_writer_only(cast: Cast) -> None:
    report = send(cast, by="pupil", logged_by=cast.person("contact_teacher"))

    assert get_sent_report(cast.actor("pupil"), report.public_id) == report
    assert get_sent_report(cast.actor("contact_teacher"), report.public_id) == report
    for name in ("classmate", "teacher_without_relation", "nobody"):
        with pytest.raises(OutOfReach):
            get_sent_report(cast.actor(name), report.public_id)


def test_nobody_and_other_schools_meet_nothing(cast: Cast) -> None:
    report = send(cast)

    for name in ("nobody", "head_teacher_elsewhere", "other_owner_handler", "technical_admin"):
        assert list(reports_visible_to(cast.actor(name))) == []
        with pytest.raises(OutOfReach):
            get_report(cast.actor(name), Action.REPORT_SEE, report.public_id)


def test_job_meets_every_report_and_notice(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",))
    job = system_actor("test")

    assert list(reports_visible_to(job)) == [report]
    assert [notice.report_id for notice in owner_notices_visible_to(job)] == [report.pk]


def test_notice_of_another_owner_is_out_of_reach(cast: Cast) -> None:
    notice = send(cast, accused=("accused_head_teacher",)).owner_notices.get()

    assert get_owner_notice(cast.actor("owner_handler"), Action.OWNER_NOTICE_ANSWER, notice.public_id) == notice
    for name in ("other_owner_handler", "accused_head_teacher", "head_teacher"):
        with pytest.raises(OutOfReach):
            get_owner_notice(cast.actor(name), Action.OWNER_NOTICE_SEE, notice.public_id)


def test_receipt_opens_the_one_report_at_its_own_school(cast: Cast) -> None:
    report, other = send_anonymously(cast), send_anonymously(cast)

    assert report_by_lookup(lookup_of(report.receipt), school_id=cast.school.pk) == report
    assert report_by_lookup(lookup_of(report.receipt), school_id=cast.other_school.pk) is None
    assert report_by_lookup(lookup_of("hest sol båt kake 0000")) is None
    assert report.receipt != other.receipt

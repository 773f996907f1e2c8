"""What happens to a report: who gets it, who is told, what is logged, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.access.door import NotAllowed, OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import now
from aktsom.people.models import OwnerRecipient
from aktsom.plans.models import ChosenProcedure
from aktsom.reports import jobs, services
from aktsom.reports.access import messages_of
from aktsom.reports.models import Report, ReportAccused
from aktsom.reports.rules import (
    AssessmentObstacle,
    GroundlessObstacle,
    Involved,
    NoticePurpose,
    ReporterKind,
    ReportState,
    Route,
    Seriousness,
    Urgency,
)
from aktsom.reports.tests.factories import (
    TEXT,
    building,
    end_position,
    events,
    make_deputy,
    make_receiver,
    noticed,
    purposes,
    receivers,
    send,
    send_anonymously,
)
from tests.cast import Cast, build_cast

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
WEDNESDAY = datetime(2026, 11, 18, 10, 30, tzinfo=OSLO)


@pytest.fixture
def wednesday_cast(db: None) -> Cast:
    """The cast as it stood on a Wednesday, for tests in which days go by."""
    with time_machine.travel(WEDNESDAY, tick=False):
        return build_cast()


def test_ordinary_report_goes_to_the_head_teachers(cast: Cast) -> None:
    report = send(cast)

    assert report.route == Route.ORDINARY
    assert receivers(cast, report) == {"head_teacher": "head_teacher", "accused_head_teacher": "head_teacher"}
    assert noticed(cast) == {"head_teacher", "accused_head_teacher"}
    assert purposes(report) == []
    assert events(report) == ["report.received"]


def test_deputy_gets_the_report_with_the_head_teacher(cast: Cast) -> None:
    make_deputy(cast, "case_handler")

    assert receivers(cast, send(cast))["case_handler"] == "deputy"


def test_neg_09_delegated_receiver_gets_it_and_the_head_teacher_too(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")

    report = send(cast)

    assert receivers(cast, report) == {
        "head_teacher": "head_teacher",
        "accused_head_teacher": "head_teacher",
        "teacher_without_relation": "delegated",
    }


def test_report_reaches_the_next_at_school_when_nobody_leads(cast: Cast) -> None:
    end_position(cast, "head_teacher")
    end_position(cast, "accused_head_teacher")

    assert receivers(cast, send(cast)) == {"case_handler": "fallback"}


def test_report_reaches_the_owner_when_nobody_at_school_can_have_it(cast: Cast) -> None:
    for name in ("head_teacher", "accused_head_teacher", "case_handler"):
        end_position(cast, name)

    report = send(cast)

    assert receivers(cast, report) == {"owner_handler": "owner"}
    services.acknowledge_report(by=cast.actor("owner_handler"), report=report)
    assert report.state == ReportState.ACKNOWLEDGED


def test_staff_report_goes_to_the_head_teacher_and_on_to_the_owner_when_taken(cast: Cast) -> None:
    report = send(cast, accused=("teacher_without_relation",))
    before = (report.route, purposes(report), set(receivers(cast, report)))

    services.acknowledge_report(by=cast.actor("head_teacher"), report=report)

    assert before == (Route.STAFF, [], {"head_teacher", "accused_head_teacher"})
    assert purposes(report) == ["staff"]
    assert receivers(cast, report)["owner_handler"] == "owner"
    assert noticed(cast, "owner.notice") == {"owner_handler"}


def test_staff_report_goes_straight_to_the_owner_when_nobody_leads(cast: Cast) -> None:
    end_position(cast, "head_teacher")
    end_position(cast, "accused_head_teacher")

    report = send(cast, accused=("teacher_without_relation",))

    assert purposes(report) == ["staff"]
    assert report.owner_notices.get().sent_by_id is None


@pytest.mark.parametrize(
    ("code", "accused", "expected"),
    [
        ("rosenvilde", ("teacher_without_relation",), ["staff"]),
        ("sentrum", (), ["every_case"]),
        ("storhamar", (), []),
        ("storhamar", ("teacher_without_relation",), []),
    ],
)
def test_owner_is_told_at_once_when_the_plan_says_so(db: None, code: str, accused: tuple[str, ...], expected: list[str]) -> None:
    cast = build_cast(procedure=code)

    assert purposes(send(cast, accused=accused)) == expected


def test_notice_that_goes_by_itself_has_no_sender(db: None) -> None:
    cast = build_cast(procedure="sentrum")

    assert send(cast).owner_notices.get().sent_by_id is None


def test_leadership_report_goes_to_the_owner_and_nobody_at_school(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",))

    assert report.route == Route.LEADERSHIP
    assert receivers(cast, report) == {"owner_handler": "owner"}
    assert noticed(cast) == {"owner_handler"}
    assert purposes(report) == ["leadership"]
    assert AuditEvent.objects.filter(chain=f"school:{cast.school.pk}").count() == 0


def test_leadership_report_still_has_a_receiver_when_the_named_one_is_accused(cast: Cast) -> None:
    with building():
        OwnerRecipient.objects.filter(owner=cast.owner).update(person=cast.person("accused_head_teacher"))

    report = send(cast, accused=("accused_head_teacher",))

    assert receivers(cast, report) == {"owner_handler": "owner"}
    assert noticed(cast) == {"owner_handler"}


@pytest.mark.parametrize("written", ["Aslak", "Aslak Aslakstad", "rektoren", "den ene rektor"])
def test_neg_01_leader_named_in_writing_never_gets_the_report(cast: Cast, written: str) -> None:
    report = send_anonymously(cast, involved=Involved.STAFF, written_accused=(written,))

    assert report.route == Route.LEADERSHIP
    assert receivers(cast, report) == {"owner_handler": "owner"}


def test_teacher_named_in_writing_is_shut_out_like_one_who_is_chosen(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")

    report = send_anonymously(cast, written_accused=("Ulrik",))

    assert report.route == Route.STAFF
    assert set(receivers(cast, report)) == {"head_teacher", "accused_head_teacher"}
    assert [row.person_id for row in ReportAccused.objects.all()] == [cast.person("teacher_without_relation").pk]


def test_written_name_that_is_nobody_at_work_keeps_the_ordinary_way(cast: Cast) -> None:
    report = send_anonymously(cast, written_accused=("Brage i 9A",))

    assert report.route == Route.ORDINARY
    assert [row.written_name for row in ReportAccused.objects.all()] == ["Brage i 9A"]


def test_radicalisation_goes_to_the_head_teacher_only(db: None) -> None:
    cast = build_cast(procedure="rosenvilde")
    make_receiver(cast, "teacher_without_relation")

    ordinary, topic = send(cast), send(cast, topic="radicalisation")

    assert set(receivers(cast, ordinary)) - set(receivers(cast, topic)) == {"teacher_without_relation"}
    assert set(receivers(cast, topic)) == {"head_teacher", "accused_head_teacher"}


def test_chosen_adult_gets_the_report_unless_it_is_about_her(cast: Cast) -> None:
    teacher = cast.person("teacher_of_others")

    chosen = send(cast, by="pupil", reporter_kind=ReporterKind.PUPIL, chosen_adult=teacher)
    about_her = send(cast, by="pupil", reporter_kind=ReporterKind.PUPIL, chosen_adult=teacher, accused=("teacher_of_others",))

    assert receivers(cast, chosen)["teacher_of_others"] == "chosen"
    assert "teacher_of_others" not in receivers(cast, about_her)


def test_owner_who_was_told_by_a_guardian_follows_the_report(cast: Cast) -> None:
    report = send(cast, by="owner_handler", reporter_kind=ReporterKind.GUARDIAN, reporter=None, logged_by=cast.person("owner_handler"))

    assert set(receivers(cast, report)) == {"head_teacher", "accused_head_teacher", "owner_handler"}
    assert noticed(cast) == {"head_teacher", "accused_head_teacher"}


def test_acknowledging_notes_who_when_and_that_the_head_teacher_knows(cast: Cast) -> None:
    report = send(cast)

    services.acknowledge_report(by=cast.actor("head_teacher"), report=report)

    report.refresh_from_db()
    assert (report.state, report.acknowledged_by_id) == (ReportState.ACKNOWLEDGED, cast.person("head_teacher").pk)
    assert report.known_to_head_at is not None
    assert noticed(cast, "report.status") == {"contact_teacher"}
    assert events(report) == ["report.received", "report.acknowledged"]


def test_neg_08_receiver_who_is_not_head_teacher_does_not_make_it_known_to_her(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")
    report = send(cast)

    services.acknowledge_report(by=cast.actor("teacher_without_relation"), report=report)

    assert report.acknowledged_at is not None
    assert report.known_to_head_at is None


def test_taking_twice_keeps_the_first(cast: Cast) -> None:
    report = send(cast)
    services.acknowledge_report(by=cast.actor("head_teacher"), report=report)
    first = report.acknowledged_at

    services.acknowledge_report(by=cast.actor("accused_head_teacher"), report=report)

    assert (report.acknowledged_at, report.acknowledged_by_id) == (first, cast.person("head_teacher").pk)


def test_teacher_who_sent_it_cannot_take_or_judge_it(cast: Cast) -> None:
    report = send(cast)

    with pytest.raises(OutOfReach):
        services.acknowledge_report(by=cast.actor("contact_teacher"), report=report)
    with pytest.raises(OutOfReach):
        services.assess_report(by=cast.actor("contact_teacher"), report=report, seriousness=Seriousness.ORDINARY, reason="Nei")


def test_delegated_receiver_cannot_judge_how_serious_it_is(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")
    report = send(cast)

    with pytest.raises(NotAllowed):
        services.assess_report(by=cast.actor("teacher_without_relation"), report=report, seriousness=Seriousness.ORDINARY, reason="Nei")


def test_neg_41_serious_report_tells_the_owner_at_once(cast: Cast) -> None:
    report, head = send(cast), cast.actor("head_teacher")

    with pytest.raises(Refused) as refused:
        services.assess_report(by=head, report=report, seriousness=Seriousness.SERIOUS, reason=" ")
    services.assess_report(by=head, report=report, seriousness=Seriousness.ORDINARY, reason="Én hendelse.")
    before = purposes(report)
    services.assess_report(
        by=head, report=report, seriousness=Seriousness.SERIOUS, reason="Flere mot én over tid.", urgent_measures="Voksen følger."
    )

    assert refused.value.reasons == [AssessmentObstacle.NO_REASON]
    assert before == []
    notice = report.owner_notices.get()
    assert (notice.purpose, notice.reason, notice.sent_by_id) == ("serious", "Flere mot én over tid.", cast.person("head_teacher").pk)
    assert noticed(cast, "owner.notice") == {"owner_handler"}


def test_owner_is_told_once_for_each_purpose(cast: Cast) -> None:
    report, head = send(cast), cast.actor("head_teacher")

    for _ in range(2):
        services.notify_owner(by=head, report=report, purpose=NoticePurpose.SERIOUS, reason="Flere mot én.")

    assert purposes(report) == ["serious"]


def test_groundless_staff_report_is_kept_from_the_owner_only_with_a_reason(cast: Cast) -> None:
    report, head = send(cast, accused=("teacher_without_relation",)), cast.actor("head_teacher")

    with pytest.raises(Refused) as refused:
        services.judge_groundless(by=head, report=report, reason="")
    services.judge_groundless(by=head, report=report, reason="Personen var ikke på skolen den uken.")
    services.acknowledge_report(by=head, report=report)

    assert refused.value.reasons == [GroundlessObstacle.NO_REASON]
    assert purposes(report) == []
    assert report.state == ReportState.ACKNOWLEDGED
    assert events(report) == ["report.received", "report.judged_groundless", "report.acknowledged"]


@pytest.mark.parametrize("deed", ["assess", "judge"])
def test_whatever_the_head_teacher_does_shows_that_she_knows(cast: Cast, deed: str) -> None:
    report, head = send(cast, accused=("teacher_without_relation",)), cast.actor("head_teacher")
    before = report.known_to_head_at

    if deed == "assess":
        services.assess_report(by=head, report=report, seriousness=Seriousness.ORDINARY, reason="Én hendelse.")
    else:
        services.judge_groundless(by=head, report=report, reason="Var ikke der.")

    report.refresh_from_db()
    assert before is None
    assert report.known_to_head_at is not None


def test_plan_that_always_tells_the_owner_refuses_groundless(db: None) -> None:
    cast = build_cast(procedure="rosenvilde")
    report = send(cast, accused=("teacher_without_relation",))

    with pytest.raises(Refused) as refused:
        services.judge_groundless(by=cast.actor("head_teacher"), report=report, reason="Var ikke der.")

    assert refused.value.reasons == [GroundlessObstacle.PLAN_SAYS_ALWAYS, GroundlessObstacle.ALREADY_TOLD]


def test_neg_47_school_without_a_plan_follows_the_act(cast: Cast) -> None:
    with building():
        ChosenProcedure.objects.all().delete()

    ordinary, staff = send(cast), send(cast, accused=("teacher_without_relation",))
    leadership = send(cast, involved=Involved.LEADERSHIP)
    services.acknowledge_report(by=cast.actor("head_teacher"), report=staff)

    assert set(receivers(cast, ordinary)) == {"head_teacher", "accused_head_teacher"}
    assert purposes(staff) == ["staff"]
    assert receivers(cast, leadership) == {"owner_handler": "owner"}


def test_owner_opens_and_answers_and_the_school_is_told(cast: Cast) -> None:
    report, owner = send(cast), cast.actor("owner_handler")
    services.notify_owner(by=cast.actor("head_teacher"), report=report, purpose=NoticePurpose.SERIOUS, reason="Flere mot én.")
    notice = report.owner_notices.get()

    services.open_owner_notice(by=owner, notice=notice)
    services.answer_owner_notice(by=owner, notice=notice, answer="Vi sender en rådgiver.")

    notice.refresh_from_db()
    assert (notice.opened_by_id, notice.answered_by_id, notice.answer) == (owner.person_id, owner.person_id, "Vi sender en rådgiver.")
    assert noticed(cast, "owner.answer") == {"head_teacher", "accused_head_teacher"}
    assert events(report)[-2:] == ["owner_notice.opened", "owner_notice.answered"]


def test_answer_to_a_leadership_notice_tells_nobody_at_school(cast: Cast) -> None:
    report, owner = send(cast, accused=("accused_head_teacher",)), cast.actor("owner_handler")

    services.answer_owner_notice(by=owner, notice=report.owner_notices.get(), answer="Vi tar saken.")

    assert noticed(cast) == {"owner_handler"}


def test_other_owner_cannot_open_the_notice(cast: Cast) -> None:
    report = send(cast, accused=("accused_head_teacher",))

    with pytest.raises(OutOfReach):
        services.open_owner_notice(by=cast.actor("other_owner_handler"), notice=report.owner_notices.get())


def test_words_go_both_ways_with_the_one_who_reported(cast: Cast) -> None:
    report = send(cast)

    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Når skjedde det?")
    services.add_from_reporter(by=cast.actor("contact_teacher"), report=report, text="I går.")

    assert [(row.from_reporter, row.text) for row in messages_of(report)] == [(False, "Når skjedde det?"), (True, "I går.")]
    assert noticed(cast, "report.answer") == {"contact_teacher"}
    assert noticed(cast, "report.more") == {"head_teacher", "accused_head_teacher"}


def test_nobody_writes_to_somebody_elses_report(cast: Cast) -> None:
    report = send(cast)

    with pytest.raises(OutOfReach):
        services.add_from_reporter(by=cast.actor("teacher_without_relation"), report=report, text="Hei")


def test_anonymous_reporter_writes_more_with_the_receipt_only(cast: Cast) -> None:
    report = send_anonymously(cast)
    services.answer_reporter(by=cast.actor("head_teacher"), report=report, text="Takk. Hvor er det?")

    services.add_anonymously(by=ANONYMOUS, receipt=report.receipt.upper(), text="Ved banen.")
    with pytest.raises(OutOfReach):
        services.add_anonymously(by=ANONYMOUS, receipt="hest sol båt kake 0000", text="Hei")

    assert [(row.author_id, row.text) for row in messages_of(report)] == [
        (cast.person("head_teacher").pk, "Takk. Hvor er det?"),
        (None, "Ved banen."),
    ]
    assert noticed(cast, "report.answer") == set()


def test_anonymous_report_keeps_the_minute_and_only_a_hash_of_the_receipt(cast: Cast) -> None:
    report = Report.objects.get(pk=send_anonymously(cast).pk)

    assert (report.received_at.second, report.received_at.microsecond) == (0, 0)
    assert len(report.receipt_lookup or "") == 64
    assert (report.reporter_id, report.logged_by_id, report.first_known_by_id, report.reporter_name) == (None, None, None, "")


def test_shared_report_is_refused_for_the_accused(cast: Cast) -> None:
    report = send(cast, accused=("teacher_without_relation",))

    with pytest.raises(OutOfReach):
        services.share_report(by=cast.actor("head_teacher"), report=report, person=cast.person("teacher_without_relation"))
    services.share_report(by=cast.actor("head_teacher"), report=report, person=cast.person("teacher_of_others"))

    assert receivers(cast, report)["teacher_of_others"] == "handler"
    services.end_sharing_report(by=cast.actor("head_teacher"), report=report, person=cast.person("teacher_of_others"))
    assert "teacher_of_others" not in receivers(cast, report)


def test_report_in_a_case_is_taken_and_known(cast: Cast) -> None:
    report = send(cast)

    services.mark_in_case(by=cast.actor("head_teacher"), report=report)

    report.refresh_from_db()
    assert (report.state, report.acknowledged_by_id) == (ReportState.IN_CASE, cast.person("head_teacher").pk)
    assert report.known_to_head_at is not None


def test_report_nobody_takes_is_given_to_the_next_in_line(wednesday_cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        report = send(wednesday_cast)
        jobs.look_for_reports_nobody_has_taken()
        same_day = noticed(wednesday_cast, "report.waiting")
    with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
        found = [jobs.look_for_reports_nobody_has_taken() for _ in range(2)]

    assert same_day == set()
    assert found == [1, 0]
    assert receivers(wednesday_cast, report)["case_handler"] == "fallback"
    assert noticed(wednesday_cast, "report.waiting") == {"head_teacher", "accused_head_teacher", "case_handler"}
    assert TEXT not in str(list(AuditEvent.objects.values_list("event", "job")))


def test_report_that_cannot_wait_is_reminded_of_after_an_hour(wednesday_cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        send(wednesday_cast, urgency=Urgency.NOW)
    with time_machine.travel(WEDNESDAY + timedelta(minutes=61), tick=False):
        assert jobs.look_for_reports_nobody_has_taken() == 1


@pytest.mark.parametrize("later", [timedelta(days=3), timedelta(hours=18, minutes=15)])  # a Saturday; before seven o'clock
def test_nobody_is_reminded_on_a_day_off_or_at_night(wednesday_cast: Cast, later: timedelta) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        send(wednesday_cast, urgency=Urgency.NOW)
    with time_machine.travel(WEDNESDAY + later, tick=False):
        assert jobs.look_for_reports_nobody_has_taken() == 0


def test_taken_report_is_not_reminded_of(wednesday_cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        report = send(wednesday_cast)
        services.acknowledge_report(by=wednesday_cast.actor("head_teacher"), report=report)
    with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
        assert jobs.look_for_reports_nobody_has_taken() == 0


def test_reminder_of_a_leadership_report_stays_at_the_owner(wednesday_cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        report = send(wednesday_cast, accused=("accused_head_teacher",))
    with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
        jobs.look_for_reports_nobody_has_taken()

    assert receivers(wednesday_cast, report) == {"owner_handler": "owner"}
    assert noticed(wednesday_cast) == {"owner_handler"}


def test_reminder_never_reaches_somebody_the_report_can_be_about(wednesday_cast: Cast) -> None:
    end_position(wednesday_cast, "head_teacher")
    end_position(wednesday_cast, "accused_head_teacher")
    make_receiver(wednesday_cast, "teacher_without_relation")
    with time_machine.travel(WEDNESDAY, tick=False):
        report = send(wednesday_cast, written_accused=("Ulrik Petra",), involved=Involved.STAFF)
    with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False):
        jobs.look_for_reports_nobody_has_taken()

    assert {"teacher_without_relation", "teacher_of_others"} & set(receivers(wednesday_cast, report)) == set()
    assert {"teacher_without_relation", "teacher_of_others"} & noticed(wednesday_cast) == set()


def test_moment_is_the_same_for_everything_written_at_once(cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        report = send(cast)

        assert report.received_at == now()
        assert report.first_known_at == now()

"""What can wait comes once, on a working morning, whatever the clock and the workers do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.audit.unit import unit_of_work
from aktsom.core.notify import jobs, rules, services
from aktsom.core.notify.models import Notice, NoticeChoice, Sending
from aktsom.core.notify.rules import CANNOT_BE_MUTED, Channel, Group, PersonalChannel, group_of, is_digest_time
from aktsom.core.notify.tests.test_notices import JOB, tell
from aktsom.core.notify.wording import WORDINGS
from tests.cast import Cast

FRIDAY = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 10, 26, 6, 0, tzinfo=UTC)  # 07.00 in Oslo: winter time began the day before


def send_all() -> None:
    for public_id in Sending.objects.filter(state="waiting").values_list("public_id", flat=True):
        jobs.send_notice.call(public_id)


def test_what_can_wait_comes_as_one_message_on_the_next_working_morning(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        for occasion in ("en", "to", "tre"):
            tell(cast, "head_teacher", code="measure.soon", occasion=occasion)
        tell(cast, "case_handler", code="measure.soon")
        amounts = []
        for moment in (FRIDAY + timedelta(hours=1), FRIDAY + timedelta(days=1), MONDAY - timedelta(minutes=1), MONDAY, MONDAY):
            clock.move_to(moment)
            amounts.append(services.gather_digests())
        send_all()

    assert amounts == [0, 0, 0, 2, 0]
    assert sorted(message.subject for message in mail.outbox) == ["1 ting venter på deg i Aktsom", "3 ting venter på deg i Aktsom"]
    assert set(Notice.objects.values_list("mail_state", "digest_on")) == {("sent", date(2026, 10, 26))}


def test_clock_set_back_an_hour_in_october_gives_no_second_digest(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        tell(cast, "head_teacher", code="measure.soon")
        amounts = []
        for minutes in (0, 30, -60, -30, 0, 5, 60):  # a machine whose clock was an hour wrong, and is put right
            clock.move_to(MONDAY + timedelta(minutes=minutes))
            if minutes == 30:
                tell(cast, "head_teacher", code="measure.soon", occasion="etter at samlingen gikk")
            jobs.tick()
            amounts.append(Sending.objects.count())
        clock.move_to(MONDAY + timedelta(days=1))
        services.gather_digests()

    assert amounts == [1] * 7
    assert list(Sending.objects.order_by("pk").values_list("digest_on", "amount")) == [(date(2026, 10, 26), 1), (date(2026, 10, 27), 1)]


def test_night_with_twenty_five_hours_has_one_day(cast: Cast) -> None:
    first, again = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # both 02.30 in Oslo

    assert [rules.digest_day(moment) for moment in (first, again)] == [date(2026, 10, 25)] * 2
    assert [moment.astimezone(rules.OSLO).strftime("%H.%M") for moment in (first, again)] == ["02.30", "02.30"]


def test_two_workers_give_one_digest(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        tell(cast, "head_teacher", code="measure.soon")
        clock.move_to(MONDAY)
        person, today = cast.person("head_teacher").pk, date(2026, 10, 26)
        first = services._gather(person, today)
        with unit_of_work(JOB, "test"):  # the second worker looked before the first was done
            Notice.objects.update(digest_on=None)
        second = services._gather(person, today)

    assert (first, second, Sending.objects.count()) == (True, False, 1)


def test_what_has_been_seen_is_not_said_again(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        seen, _waiting = tell(cast, "head_teacher", code="measure.soon", occasion="en") + tell(
            cast, "head_teacher", code="measure.soon", occasion="to"
        )
        services.mark_seen(by=cast.actor("head_teacher"), public_ids=[seen.public_id])
        clock.move_to(MONDAY)
        services.gather_digests()

    assert list(Sending.objects.values_list("amount", flat=True)) == [1]


def test_what_is_turned_off_stays_in_aktsom_and_a_duty_cannot_be_turned_off(cast: Cast) -> None:
    actor = cast.actor("head_teacher")
    choice = services.choose_channels(by=actor, at_once_by="mail", digest_by="mail", muted=[*Group])
    with time_machine.travel(FRIDAY, tick=False) as clock:
        (task,) = tell(cast, "head_teacher", code="measure.soon")
        (duty,) = tell(cast, "head_teacher", code="case.appointed")
        clock.move_to(MONDAY)
        services.gather_digests()

    task.refresh_from_db()
    duty.refresh_from_db()
    assert choice.muted.split() == sorted(set(Group) - CANNOT_BE_MUTED)
    assert [(row.mail_state, row.digest_on) for row in (task, duty)] == [("none", None), ("waiting", date(2026, 10, 26))]
    assert list(Sending.objects.values_list("amount", flat=True)) == [1]


def test_urgent_comes_at_once_whatever_is_turned_off(cast: Cast) -> None:
    services.choose_channels(by=cast.actor("head_teacher"), at_once_by="mail", digest_by="mail", muted=[*Group])

    tell(cast, "head_teacher", code="measure.soon", urgent=True)

    assert Sending.objects.count() == 1


@given(st.sampled_from([*PersonalChannel]), st.booleans(), st.booleans())
def test_nobody_can_choose_to_be_told_by_no_way_while_one_exists(choice: PersonalChannel, has_mail: bool, has_sms: bool) -> None:
    ways = rules.channels_of(choice, has_mail=has_mail, has_sms=has_sms)

    possible = {way for way, there in ((Channel.MAIL, has_mail), (Channel.SMS, has_sms)) if there}
    assert bool(ways) is bool(possible)
    assert set(ways) <= possible


@given(st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_no_digest_goes_on_a_weekend_or_before_seven(moment: datetime) -> None:
    local = moment.astimezone(rules.OSLO)

    assert not (is_digest_time(moment) and (local.weekday() > 4 or local.hour < 7))


@pytest.mark.parametrize(
    ("day", "is_morning"),
    [("2026-05-15", True), ("2026-05-14", False), ("2026-05-17", False), ("2026-12-25", False), ("2026-04-06", False)],
)
def test_holiday_is_no_working_morning(day: str, is_morning: bool) -> None:
    assert is_digest_time(datetime.fromisoformat(f"{day}T08:00:00+00:00")) is is_morning


def test_every_notice_has_a_group_and_an_unknown_one_cannot_be_turned_off() -> None:
    assert {group_of(code) for code in WORDINGS} == set(Group)
    assert group_of("noe.nytt") == Group.DUTY


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("900 00 001", "+4790000001"),
        ("+47 900 00 001", "+4790000001"),
        ("0047 90000001", "+4790000001"),
        ("+46 70 123 45 67", "+46701234567"),
        ("22 00 00 01", ""),
        ("", ""),
        ("ring meg", ""),
    ],
)
def test_mobile_number_is_read_as_people_write_it(phone: str, number: str) -> None:
    assert rules.norwegian_number(phone) == number


def test_ordinary_choice_is_mail_without_a_row(cast: Cast) -> None:
    assert (services.choices_of([7])[7].at_once_by, NoticeChoice.objects.count()) == (PersonalChannel.MAIL, 0)

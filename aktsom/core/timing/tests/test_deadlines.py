"""A word of the Act stays a word; a number is always somebody's own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.timing import clock
from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.core.timing.deadlines import (
    CalendarMissing,
    LocalStandard,
    TimeUnit,
    TimeWord,
    deadline,
    due_date,
    family_week,
    fixed,
)
from aktsom.core.timing.law import ACTS, REGISTER, UnknownLaw, head_title, law, owner_body, owner_title
from aktsom.core.timing.statutory import CLOCKS

DAYS = st.dates(min_value=date(2024, 8, 1), max_value=date(2040, 12, 1))
WORDS = st.sampled_from(list(TimeWord))
UNITS = st.sampled_from([TimeUnit.WORKING_DAYS, TimeUnit.WEEKS, TimeUnit.SCHOOL_DAYS])
OSLO = ZoneInfo("Europe/Oslo")
ALWAYS_OPEN = SchoolCalendar(first_day=date(2024, 1, 1), last_day=date(2042, 12, 31))


@given(day=DAYS, word=WORDS)
def test_no_word_becomes_a_day_without_a_local_standard(day: date, word: TimeWord) -> None:
    limit = deadline(day, word=word, law_id="ol-12-4-2")

    assert limit.due_on is None
    assert limit.word == word
    assert limit.whose == "Loven"


@given(day=DAYS, word=WORDS, amount=st.integers(1, 30), unit=UNITS)
def test_local_standard_says_whose_it_is(day: date, word: TimeWord, amount: int, unit: TimeUnit) -> None:
    limit = deadline(day, word=word, law_id="ol-12-4-3", standard=LocalStandard(amount, unit, "Vår egen regel."), calendar=ALWAYS_OPEN)

    assert limit.due_on is not None
    assert limit.due_on > day
    assert limit.whose == "Skolens egen regel: Vår egen regel."


@given(day=DAYS, amount=st.integers(1, 20), more=st.integers(0, 20), unit=UNITS)
def test_shorter_standard_never_gives_a_later_day(day: date, amount: int, more: int, unit: TimeUnit) -> None:
    shorter = due_date(day, LocalStandard(amount, unit, ""), calendar=ALWAYS_OPEN)
    longer = due_date(day, LocalStandard(amount + more, unit, ""), calendar=ALWAYS_OPEN)

    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


YEAR = SchoolCalendar(
    first_day=date(2026, 8, 17), last_day=date(2027, 6, 18), closed=((date(2026, 10, 5), date(2026, 10, 9), "høstferie"),)
)
SCHOOL_DAYS = LocalStandard(3, TimeUnit.SCHOOL_DAYS, "Innen tre skoledager.")


def test_school_days_pass_the_schools_own_holiday_and_say_so() -> None:
    limit = deadline(date(2026, 10, 1), word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=SCHOOL_DAYS, calendar=YEAR)

    assert limit.due_on == date(2026, 10, 13)
    assert limit.why == (
        "3 skoledager etter torsdag 1. oktober. Disse dagene teller ikke: 5. oktober (høstferie), 6. oktober (høstferie), "
        "7. oktober (høstferie), 8. oktober (høstferie), 9. oktober (høstferie)."
    )


def test_school_days_past_the_end_of_the_calendar_give_no_day() -> None:
    limit = deadline(date(2027, 6, 17), word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=SCHOOL_DAYS, calendar=YEAR)

    assert (limit.due_on, limit.why) == (None, "Skoleruta rekker ikke så langt.")


@pytest.mark.parametrize("unit", [TimeUnit.SCHOOL_DAYS, TimeUnit.HOURS])
def test_what_cannot_be_counted_from_a_day_alone_is_refused(unit: TimeUnit) -> None:
    with pytest.raises(CalendarMissing):
        deadline(date(2026, 10, 1), word=TimeWord.IMMEDIATELY, law_id="ol-12-5-1", standard=LocalStandard(2, unit, ""))


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (datetime(2027, 3, 27, 12, tzinfo=OSLO), datetime(2027, 3, 28, 13, tzinfo=OSLO)),  # the night summer time begins
        (datetime(2026, 10, 24, 12, tzinfo=OSLO), datetime(2026, 10, 25, 11, tzinfo=OSLO)),  # the night it ends
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 1, 2, 0, 30, tzinfo=OSLO)),
    ],
)
def test_hours_are_real_hours_also_when_the_clock_is_moved(started: datetime, due: datetime) -> None:
    day_and_night = LocalStandard(24, TimeUnit.HOURS, "Innen ett døgn.")

    limit = deadline(started, word=TimeWord.IMMEDIATELY, law_id="ol-12-5-1", standard=day_and_night)

    assert (limit.due_at, limit.due_on) == (due, due.date())
    assert limit.state(due.date(), at=due) == "due_today"
    assert limit.state(due.date(), at=due + timedelta(minutes=1)) == "passed"


def test_hours_say_when_they_began() -> None:
    started = datetime(2026, 11, 16, 13, 5, tzinfo=UTC)

    limit = deadline(started, word=TimeWord.IMMEDIATELY, law_id="ol-12-5-1", standard=LocalStandard(1, TimeUnit.HOURS, "Innen en time."))

    assert limit.why == "1 time etter mandag 16. november kl. 14.05."


@given(started=st.builds(lambda day, at: datetime.combine(day, at, tzinfo=UTC), DAYS, st.times()), amount=st.integers(1, 20))
def test_a_limit_counts_from_the_norwegian_day_at_every_hour_of_the_year(started: datetime, amount: int) -> None:
    standard = LocalStandard(amount, TimeUnit.WORKING_DAYS, "")

    limit = deadline(started, word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=standard)

    assert limit.due_on == due_date(started.astimezone(OSLO).date(), standard)


def test_weeks_that_end_on_a_holiday_move_to_the_next_working_day_and_say_so() -> None:
    weeks = LocalStandard(1, TimeUnit.WEEKS, "Innen en uke.")

    limit = deadline(date(2026, 5, 7), word=TimeWord.NONE_STATED, law_id="ol-12-4-3", standard=weeks)

    assert limit.due_on == date(2026, 5, 15)
    assert limit.why == "1 uke etter torsdag 7. mai. Torsdag 14. mai er ikke en virkedag, så den neste gjelder."


def test_one_working_day_is_said_in_the_singular() -> None:
    one = LocalStandard(1, TimeUnit.WORKING_DAYS, "")

    limit = deadline(date(2026, 11, 16), word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=one)

    assert limit.why == "1 virkedag etter mandag 16. november."


def test_silence_of_the_act_is_said_as_silence() -> None:
    limit = deadline(date(2026, 11, 16), word=TimeWord.NONE_STATED, law_id="ol-12-4-3")

    assert limit.why == "Loven sier ikke når, og gir ikke et antall dager."


def test_today_is_the_norwegian_day() -> None:
    with clock.set_to(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)):
        assert (clock.today(), clock.now()) == (date(2026, 11, 21), datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    with clock.set_to(datetime(2026, 7, 20, 21, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 20)


def test_family_week_is_five_working_days_and_says_why() -> None:
    limit = family_week(date(2026, 5, 11))

    assert limit.due_on == date(2026, 5, 19)
    assert limit.why == (
        "Loven sier én uke. Statsforvalteren regner 5 virkedager etter mandag 11. mai. "
        "Disse dagene teller ikke: 14. mai (Kristi himmelfartsdag)."
    )
    assert limit.law.section == "opplæringslova § 12-6 andre ledd"


@pytest.mark.parametrize(
    ("today", "met", "state"),
    [
        (date(2026, 11, 23), False, "running"),
        (date(2026, 11, 24), False, "due_today"),
        (date(2026, 11, 25), False, "passed"),
        (date(2026, 11, 25), True, "met"),
    ],
)
def test_state_of_a_limit(today: date, met: bool, state: str) -> None:
    limit = fixed(date(2026, 11, 24), why="Dagen i planen.", whose="Planen", law_id="ol-12-4-3")

    assert limit.state(today, met=met) == state


def test_word_alone_never_passes() -> None:
    limit = deadline(date(2026, 1, 1), word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2")

    assert limit.state(date(2027, 1, 1)) == "running"


def test_old_case_keeps_the_edition_it_was_born_under() -> None:
    assert "psykisk" not in str(law("ol-13-4", on=date(2025, 7, 31)).summary)
    assert "psykisk" in str(law("ol-13-4", on=date(2025, 8, 1)).summary)


def test_law_before_it_was_in_force_is_unknown() -> None:
    with pytest.raises(UnknownLaw):
        law("ol-12-4-2", on=date(2024, 7, 31))


def test_chapter_12_holds_since_august_2024_with_a_link_each() -> None:
    chapter = [reference for reference in REGISTER if reference.id.startswith("ol-12-")]

    assert {reference.valid_from for reference in chapter} == {date(2024, 8, 1)}
    assert [reference.id for reference in chapter if "lovdata.no/lov/2023-06-09-30/§12-" not in reference.link] == []


def test_private_school_reads_other_words() -> None:
    assert (head_title("private"), owner_title("private")) == ("daglig leder", "skolens styre")
    assert (head_title("county"), owner_title("county"), owner_title("municipality")) == ("rektor", "fylkeskommunen", "kommunen")


@pytest.mark.parametrize(
    ("section", "private", "county"),
    [
        ("12-4-2", "skolens styre", "fylkeskommunen"),
        ("12-5-2", "skolens styre", "fylkeskommunen"),
        ("12-6-3", "skolen", "fylkeskommunen"),
        ("12-10", "skolen", "fylkeskommunen"),
        ("13-2", "hjemkommunen eller hjemfylket", "fylkeskommunen"),
        ("13-5", "skolens styre", "fylkeskommunen"),
    ],
)
def test_who_stands_in_the_owners_place(section: str, private: str, county: str) -> None:
    assert (owner_body("private", section), owner_body("county", section)) == (private, county)


def test_who_stands_in_the_owners_place_is_not_guessed() -> None:
    with pytest.raises(UnknownLaw):
        owner_body("private", "17-12")


@given(day=DAYS)
def test_at_most_one_edition_holds_on_a_day(day: date) -> None:
    held = [reference.id for reference in REGISTER if reference.holds_on(day)]

    assert len(held) == len(set(held))


@given(day=st.dates(min_value=date(2026, 1, 1), max_value=date(2040, 12, 1)))
def test_every_reference_holds_with_its_act_and_address(day: date) -> None:
    held = [law(reference.id, on=day) for reference in REGISTER]

    assert {reference.act for reference in held} == {name for name, _address in ACTS.values()}
    assert [r.id for r in held if not r.link.startswith("https://lovdata.no/") or "§" not in r.link or not r.edition] == []


def test_every_statutory_clock_has_a_section_in_force() -> None:
    assert [clock_.code for clock_ in CLOCKS if not law(clock_.law_id, on=date(2026, 1, 1)).holds_on(date(2026, 1, 1))] == []
    assert [clock_.code for clock_ in CLOCKS] == [f"C{number}" for number in range(1, 20) if number != 17]

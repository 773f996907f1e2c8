"""Timings in a school's own year: properties over random calendars 2024 to 2040, and the real years 2025/26 and 2026/27."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.calendar import SchoolCalendar
from aktsom.core.timing.yearly import Facts, Schedule, YearDays, as_content, point_from, say, schedule, timing_from, understand
from aktsom.core.timing.yearly.choices import Parity, Rhythm, Weekday
from aktsom.core.timing.yearly.expressions import (
    KINDS,
    AnchoredToRow,
    BeforeLesson,
    Election,
    Monthly,
    Standing,
    Times,
    TimingInvalid,
    Unset,
    Weekly,
    Window,
)
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.core.timing.yearly.phrase_rules import RULES, WHOLE_RULES
from aktsom.core.timing.yearly.points import PointInvalid, PointMissing

few = settings(max_examples=60, deadline=None)


def year_of(autumn: int, start: date, end: date, *, closed: list[tuple[date, date, str]], planning: list[tuple[date, date]]) -> YearDays:
    spans = [*closed, *((first, last, "planleggingsdag") for first, last in planning)]
    calendar = SchoolCalendar.with_closed_spans(first_day=start, last_day=end, closed=spans)
    assert start.year == autumn
    return YearDays(calendar, planning=tuple(planning), startup=(start, start + timedelta(days=2)))


YEAR_2025 = year_of(
    2025,
    date(2025, 8, 18),
    date(2026, 6, 19),
    closed=[
        (date(2025, 9, 29), date(2025, 10, 3), "høstferie"),
        (date(2025, 12, 20), date(2026, 1, 4), "juleferie"),
        (date(2026, 2, 16), date(2026, 2, 20), "vinterferie"),
        (date(2026, 3, 30), date(2026, 4, 6), "påskeferie"),
        (date(2026, 5, 15), date(2026, 5, 15), "fri"),
    ],
    planning=[(date(2025, 8, 13), date(2025, 8, 15)), (date(2025, 11, 14), date(2025, 11, 14)), (date(2026, 1, 5), date(2026, 1, 5))],
)
YEAR_2026 = year_of(
    2026,
    date(2026, 8, 19),
    date(2027, 6, 18),
    closed=[
        (date(2026, 10, 5), date(2026, 10, 9), "høstferie"),
        (date(2026, 12, 21), date(2027, 1, 1), "juleferie"),
        (date(2027, 2, 22), date(2027, 2, 26), "vinterferie"),
        (date(2027, 3, 22), date(2027, 3, 29), "påskeferie"),
    ],
    planning=[(date(2026, 8, 13), date(2026, 8, 18)), (date(2026, 11, 16), date(2026, 11, 16))],
)


@st.composite
def years(draw: st.DrawFn) -> YearDays:
    """Any plausible school year from 2024/25 to 2039/40."""
    autumn = draw(st.integers(2024, 2039))
    start = date(autumn, 8, draw(st.integers(10, 28)))
    end = date(autumn + 1, 6, draw(st.integers(10, 25)))
    october = date(autumn, 9, draw(st.integers(25, 30)))
    winter = date(autumn + 1, 2, draw(st.integers(10, 22)))
    christmas = date(autumn, 12, draw(st.integers(18, 22)))
    closed = [
        (october, october + timedelta(days=draw(st.integers(2, 9))), "høstferie"),
        (christmas, christmas + timedelta(days=draw(st.integers(10, 18))), "juleferie"),
        (winter, winter + timedelta(days=6), "vinterferie"),
    ]
    before = start - timedelta(days=draw(st.integers(3, 7)))
    within = date(autumn, 11, draw(st.integers(1, 28)))
    return year_of(autumn, start, end, closed=closed, planning=[(before, before + timedelta(days=1)), (within, within)])


def windows(given_schedule: Schedule) -> list[tuple[date, date]]:
    return [(item.starts_on, item.due_on) for item in given_schedule.occurrences]


def phrase(text: str, year: YearDays, facts: Facts | None = None) -> list[tuple[date, date]]:
    return windows(schedule(understand(text).timings, year, facts))


@few
@given(years())
def test_every_occurrence_runs_forward_within_the_year_and_says_why(year: YearDays) -> None:
    timings = [meaning for text in PHRASES for meaning in understand(text).timings]

    for item in schedule(timings, year).occurrences:
        assert year.first - timedelta(days=31) <= item.starts_on <= item.due_on <= year.last
        assert item.why.endswith(".")


@few
@given(years())
def test_keys_are_unique_within_a_row(year: YearDays) -> None:
    for text in PHRASES:
        keys = [item.key for item in schedule(understand(text).timings, year).occurrences]
        assert sorted(set(keys)) == sorted(keys)


@few
@given(years())
def test_weekly_falls_once_in_every_week_with_school_and_never_in_holidays(year: YearDays) -> None:
    found = schedule([Weekly()], year).occurrences

    assert [(item.starts_on, item.due_on) for item in found] == [(week.first, week.last) for week in year.weeks]


@few
@given(years())
def test_even_and_odd_weeks_share_every_school_week_also_over_week_53(year: YearDays) -> None:
    even = {item.due_on for item in schedule([Weekly(parity=Parity.EVEN)], year).occurrences}
    odd = {item.due_on for item in schedule([Weekly(parity=Parity.ODD)], year).occurrences}

    assert even | odd == {week.last for week in year.weeks}
    assert all(day.isocalendar().week % 2 == 0 for day in even)
    assert even & odd == set()


@few
@given(years(), st.integers(2, 6))
def test_every_few_weeks_counts_school_weeks_only(year: YearDays, step: int) -> None:
    found = schedule([Weekly(least=step, most=step)], year).occurrences

    assert [item.due_on for item in found] == [week.last for week in year.weeks[::step]]


@few
@given(years(), st.data())
def test_every_third_or_fourth_week_counts_from_when_it_was_done(year: YearDays, data: st.DataObject) -> None:
    timing = Weekly(least=3, most=4)
    done: list[date] = []
    for _turn in range(6):
        found = schedule([timing], year, Facts(done_on=tuple(done))).occurrences
        if len(found) <= len(done):
            break
        window = found[len(done)]
        weeks = [week for week in year.weeks if window.starts_on <= week.last and week.first <= window.due_on]
        done.append(data.draw(st.sampled_from(weeks)).first)

    numbers = [next(week.number for week in year.weeks if day in week.days) for day in done]
    assert all(3 <= later - earlier <= 4 for earlier, later in itertools.pairwise(numbers))


@few
@given(years(), st.integers(1, 10))
def test_times_a_year_asks_for_exactly_so_many_dates(year: YearDays, times: int) -> None:
    found = schedule([Times(times)], year).occurrences

    assert [item.kind for item in found] == [OccurrenceKind.TO_DATE] * times
    assert all(first.due_on < second.starts_on for first, second in itertools.pairwise(found))


@few
@given(years(), st.integers(1, 8), st.data())
def test_times_a_year_asks_only_for_the_dates_that_are_missing(year: YearDays, times: int, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(year.school_days), max_size=times, unique=True))

    found = schedule([Times(times)], year, Facts(set_dates=tuple(chosen))).occurrences

    tasks = [item.due_on for item in found if item.kind == OccurrenceKind.TASK]
    assert sorted(tasks) == sorted(chosen)
    assert len(found) == times


@few
@given(years())
def test_monthly_never_falls_in_july_and_once_a_month(year: YearDays) -> None:
    months = [item.due_on.month for item in schedule([Monthly()], year).occurrences]

    assert months == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]


@few
@given(years())
def test_first_full_week_is_never_before_the_first_week(year: YearDays) -> None:
    first = point_from("school_week(1).first").in_year(year)
    full = point_from("first_full_week.first").in_year(year)

    assert first <= full
    assert full.weekday() == 0
    assert all(year.calendar.is_school_day(full + timedelta(days=number)) for number in range(5))


@few
@given(years(), st.integers(0, 6))
def test_moving_the_first_day_moves_what_hangs_on_it_and_nothing_else(year: YearDays, days: int) -> None:
    later = year.calendar.first_day + timedelta(days=days)
    moved = YearDays(SchoolCalendar(later, year.calendar.last_day, year.calendar.closed), year.planning)
    fixed = "Innen 15. oktober"

    assert phrase(fixed, moved) == phrase(fixed, year)
    assert phrase("Før skolestart", moved)[0][1] < moved.first_pupil_day


@few
@given(years())
def test_due_days_of_windows_are_days_people_are_at_work(year: YearDays) -> None:
    for month in ("september", "november", "mars", "april"):
        ((starts, due),) = phrase(month, year)
        assert starts.weekday() < 5
        assert due.weekday() < 5


@few
@given(years())
def test_elections_come_in_odd_years_only(year: YearDays) -> None:
    assert bool(schedule([Election()], year).occurrences) == bool(year.autumn_year % 2)


@given(years())
@few
def test_standing_duties_are_looked_in_on_once_each_half_year(year: YearDays) -> None:
    found = schedule([Standing()], year)

    assert found.is_standing
    assert [item.key for item in found.occurrences] == ["autumn", "spring"]
    assert found.occurrences[0].due_on < found.occurrences[1].starts_on


def test_standing_without_look_in_still_says_that_it_stands() -> None:
    found = schedule([Standing(Rhythm.NONE)], YEAR_2025)

    assert (found.is_standing, found.occurrences) == (True, ())


PHRASES = (
    "Før skolestart og fortløpende",
    "Planleggingsdager før skolestart",
    "Ved skolestart",
    "Ved oppstart av skoleåret",
    "August/september",
    "De to første skoleukene om høsten",
    "Den første hele uka av skoleåret",
    "Partallsuker",
    "Rullering hver 3. uke",
    "Hver tredje eller fjerde uke, etter oppsatt plan",
    "En gang i måneden",
    "Fire møter i året",
    "Etter årsplan, 2-3 ganger i løpet av skoleåret",
    "hver høst",
    "Mai/juni",
    "I januar/februar",
    "16. mai arrangement",
    "Halvårlige møter",
    "for et halvt år om gangen",
    "når det er valg i Norge",
    "uke 36-38",
    "tirsdager",
)

GOLDEN = [
    # phrase, year, first window, last window, how many
    ("Før skolestart", YEAR_2025, (date(2025, 8, 1), date(2025, 8, 15)), (date(2025, 8, 1), date(2025, 8, 15)), 1),
    ("Planleggingsdager før skolestart", YEAR_2025, (date(2025, 8, 13), date(2025, 8, 15)), (date(2025, 8, 13), date(2025, 8, 15)), 1),
    ("Ved skolestart", YEAR_2025, (date(2025, 8, 18), date(2025, 9, 1)), (date(2025, 8, 18), date(2025, 9, 1)), 1),
    ("Ved oppstart av skoleåret", YEAR_2025, (date(2025, 8, 13), date(2025, 8, 29)), (date(2025, 8, 13), date(2025, 8, 29)), 1),
    ("Første skoleuke", YEAR_2026, (date(2026, 8, 19), date(2026, 8, 21)), (date(2026, 8, 19), date(2026, 8, 21)), 1),
    ("Den første hele uka av skoleåret", YEAR_2026, (date(2026, 8, 24), date(2026, 8, 28)), (date(2026, 8, 24), date(2026, 8, 28)), 1),
    ("Første skoleuker", YEAR_2026, (date(2026, 8, 19), date(2026, 9, 4)), (date(2026, 8, 19), date(2026, 9, 4)), 1),
    ("August/september", YEAR_2026, (date(2026, 8, 19), date(2026, 9, 30)), (date(2026, 8, 19), date(2026, 9, 30)), 1),
    ("Partallsuker", YEAR_2025, (date(2025, 8, 18), date(2025, 8, 22)), (date(2026, 6, 8), date(2026, 6, 12)), 18),
    ("Partallsuker", YEAR_2026, (date(2026, 8, 19), date(2026, 8, 21)), (date(2027, 6, 14), date(2027, 6, 18)), 19),
    ("Rullering hver 3. uke", YEAR_2025, (date(2025, 8, 18), date(2025, 8, 22)), (date(2026, 6, 1), date(2026, 6, 5)), 13),
    ("En gang i måneden", YEAR_2025, (date(2025, 8, 18), date(2025, 8, 29)), (date(2026, 6, 1), date(2026, 6, 19)), 11),
    ("November", YEAR_2025, (date(2025, 11, 3), date(2025, 11, 28)), (date(2025, 11, 3), date(2025, 11, 28)), 1),
    ("I januar/februar", YEAR_2026, (date(2027, 1, 4), date(2027, 2, 19)), (date(2027, 1, 4), date(2027, 2, 19)), 1),
    ("16. mai arrangement", YEAR_2026, (date(2027, 5, 16), date(2027, 5, 16)), (date(2027, 5, 16), date(2027, 5, 16)), 1),
    ("Mai/juni", YEAR_2025, (date(2026, 5, 4), date(2026, 6, 19)), (date(2026, 5, 4), date(2026, 6, 19)), 1),
    ("når det er valg i Norge", YEAR_2025, (date(2025, 8, 18), date(2025, 9, 26)), (date(2025, 8, 18), date(2025, 9, 26)), 1),
    ("når det er valg i Norge", YEAR_2026, None, None, 0),
    ("uke 53", YEAR_2026, (date(2026, 12, 28), date(2027, 1, 1)), (date(2026, 12, 28), date(2027, 1, 1)), 1),
    ("for et halvt år om gangen", YEAR_2025, (date(2025, 8, 18), date(2025, 9, 1)), (date(2026, 2, 2), date(2026, 2, 13)), 2),
]


@pytest.mark.parametrize(("text", "year", "first", "last", "count"), GOLDEN, ids=lambda value: str(value)[:30])
def test_golden_table(text: str, year: YearDays, first: tuple[date, date] | None, last: tuple[date, date] | None, count: int) -> None:
    found = phrase(text, year)

    assert (len(found), found[0] if found else None, found[-1] if found else None) == (count, first, last)


def test_even_weeks_after_a_year_of_53_weeks_follow_the_number() -> None:
    weeks = [item.due_on.isocalendar()[:2] for item in schedule([Weekly(parity=Parity.EVEN)], YEAR_2026).occurrences]

    assert [week for week in weeks if (2026, 50) <= week <= (2027, 5)] == [(2026, 50), (2027, 2), (2027, 4)]


def test_a_missing_fact_is_asked_for_and_nothing_is_filled_in() -> None:
    bare = YearDays(SchoolCalendar(date(2025, 8, 18), date(2026, 6, 19)))

    startup = schedule(understand("Oppstartsdagene").timings, bare)
    unset = schedule([Unset()], bare)

    assert (startup.occurrences, len(startup.needs)) == ((), 1)
    assert (unset.occurrences, len(unset.needs)) == ((), 1)


def test_first_lesson_unknown_is_asked_for_and_the_earliest_day_is_shown() -> None:
    unknown = schedule([BeforeLesson()], YEAR_2025)
    known = schedule([BeforeLesson()], YEAR_2025, Facts(first_lesson=date(2025, 8, 20)))

    assert (unknown.occurrences[0].due_on, len(unknown.needs)) == (date(2025, 8, 18), 1)
    assert (known.occurrences[0].due_on, known.needs) == (date(2025, 8, 20), ())


def test_anchored_row_follows_the_other_row() -> None:
    timing = AnchoredToRow("survey", days=14)

    assert schedule([timing], YEAR_2025).needs == ("Raden den henger sammen med, har ingen dato ennå.",)
    found = schedule([timing], YEAR_2025, Facts(rows={"survey": (date(2025, 11, 3),)}))
    assert windows(found) == [(date(2025, 11, 17), date(2025, 11, 17))]


def test_meeting_date_replaces_the_window_once_it_is_set() -> None:
    timings = understand("på foreldremøter ved skolestart(august/september)").timings

    assert windows(schedule(timings, YEAR_2025)) == [(date(2025, 8, 1), date(2025, 9, 26))]
    assert windows(schedule(timings, YEAR_2025, Facts(meeting_on=date(2025, 9, 4))))[0][1] == date(2025, 9, 4)


def test_weekday_skips_days_without_school() -> None:
    days = [item.due_on for item in schedule([Weekly(weekday=Weekday.FRIDAY)], YEAR_2025).occurrences]

    assert date(2025, 11, 14) not in days
    assert date(2025, 11, 21) in days
    assert {day.weekday() for day in days} == {4}


def test_end_on_a_sunday_is_moved_and_said() -> None:
    (item,) = schedule(understand("august").timings, YEAR_2025).occurrences

    assert item.due_on == date(2025, 8, 29)
    assert item.why == "Planen sier august. Søndag 31. august er ingen arbeidsdag, så siste dag er fredag 29. august."


def test_point_that_names_no_day_is_refused() -> None:
    for text in ("", "someday", "month(13).first", "date(2-30)", "school_week.first", "first_pupil_day(3)", "last_day.first"):
        with pytest.raises(PointInvalid):
            point_from(text)


def test_school_week_the_year_does_not_have_is_missing() -> None:
    with pytest.raises(PointMissing):
        point_from("school_week(50).first").in_year(YEAR_2025)


def test_every_timing_the_rules_can_give_is_stored_and_read_back_the_same() -> None:
    for _pattern, meaning, _certain in (*RULES, *WHOLE_RULES):
        if meaning.__name__ != "<lambda>":
            continue
        try:
            timings = meaning(None)  # type: ignore[arg-type]
        except TypeError:
            continue
        for timing in timings:
            assert timing_from(as_content(timing)) == timing


def test_every_kind_has_its_sentence() -> None:
    for kind in KINDS:
        assert say.dispatch(KINDS[kind]) is not say.dispatch(object) or kind == "unset"


@pytest.mark.parametrize(
    "content",
    [
        None,
        "weekly",
        {"kind": "sometimes"},
        {"kind": "window", "start": "first_pupil_day"},
        {"kind": "window", "start": "first_pupil_day", "end": "someday"},
        {"kind": "weekly", "least": 0},
        {"kind": "weekly", "least": 4, "most": 3},
        {"kind": "weekly", "weekday": 6},
        {"kind": "weekly", "least": True},
        {"kind": "times", "least": 3, "most": 2},
        {"kind": "times", "least": 2, "places": ["autumn"]},
        {"kind": "monthly", "often": 1},
        {"kind": "follows", "trigger": "report", "amount": 5},
        {"kind": "standing", "check_in": "now and then"},
    ],
)
def test_content_that_is_no_timing_is_refused_with_a_reason(content: object) -> None:
    with pytest.raises(TimingInvalid, match=r"\w"):
        timing_from(content)


def test_window_that_runs_over_a_moved_anchor_never_turns_backwards() -> None:
    timing = Window(point_from("month(9).first"), point_from("first_pupil_day"))

    ((starts, due),) = windows(schedule([timing], YEAR_2025))

    assert starts <= due

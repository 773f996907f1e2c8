"""The dates a plan's rows and sub-items have this year, in one line each, and what the school must say before there are any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aktsom.core.timing.yearly import Facts, Timing, YearDays, schedule
from aktsom.core.timing.yearly.expressions import AnchoredToRow, BeforeLesson, Standing
from aktsom.plans.rules.content import PlanContent, RowKind, part_key
from aktsom.plans.selectors.entered import Entered

SHOWN_DATES = 6
Span = tuple[date, date]


@dataclass(frozen=True)
class DatesFound:
    """One row's or sub-item's days: in words, and what is missing."""

    text: str = ""
    needs: tuple[str, ...] = ()
    due: tuple[date, ...] = ()


NOTHING = DatesFound()


def dates_of(timings: tuple[Timing, ...], days: YearDays, facts: Facts | None = None) -> tuple[str, tuple[str, ...]]:
    """Return this year's dates in one line, and what is missing."""
    found = _found(timings, days, [facts or Facts()])
    return found.text, found.needs


def rows_to_hang_on(content: PlanContent, *, apart_from: str = "") -> dict[str, str]:
    """Return the rows another row's time can be counted from, by key: those somebody does, that hang on no row themselves."""
    found = (row for _section, row in content.rows() if row.kind == RowKind.TASK and row.key != apart_from)
    return {row.key: row.what[:80] for row in found if not any(isinstance(timing, AnchoredToRow) for timing in row.timings)}


def facts_of(content: PlanContent, timings: tuple[Timing, ...], days: YearDays) -> Facts:
    """Return the days of the rows these timings hang on."""
    hung = [content.row(timing.row) for timing in timings if isinstance(timing, AnchoredToRow)]
    return Facts(rows={row.key: _found(row.timings, days, [Facts()]).due for row in hung if row})


def dates_by_row(content: PlanContent, days: YearDays, entered: Entered, *, look_ins: bool) -> Mapping[str, DatesFound]:
    """Return the dates of every row and sub-item somebody does, by ``part_key``; those that follow another row come last.

    A duty that stands all year has look-ins, which only those who do the work need to see.
    """
    found: dict[str, DatesFound] = {}
    due: dict[str, tuple[date, ...]] = {}
    items = list(_items(content, look_ins))
    for follows in (False, True):
        for row, number, timings in items:
            if follows != any(isinstance(timing, AnchoredToRow) for timing in timings):
                continue
            key = part_key(row, number)
            found[key] = _found(timings, days, _known(timings, replace(entered.of(key), rows=due), entered))
            if number == 0 or row not in due:
                due[row] = found[key].due
    return found


def _items(content: PlanContent, look_ins: bool) -> Iterator[tuple[str, int, tuple[Timing, ...]]]:
    for _section, row in content.rows():
        for number, each in enumerate((row, *row.parts) if row.kind == RowKind.TASK else ()):
            dated = tuple(timing for timing in each.timings if look_ins or not isinstance(timing, Standing))
            if dated:
                yield row.key, number, dated


def _known(timings: tuple[Timing, ...], facts: Facts, entered: Entered) -> list[Facts]:
    """Return what is known, once for each day a class has its first lesson when the row depends on it."""
    if entered.first_lessons and any(isinstance(timing, BeforeLesson) for timing in timings):
        return [replace(facts, first_lesson=day) for day in sorted(set(entered.first_lessons))]
    return [facts]


def _found(timings: tuple[Timing, ...], days: YearDays, known: list[Facts]) -> DatesFound:
    plans = [schedule(timings, days, facts) for facts in known]
    spans = sorted({(item.starts_on, item.due_on) for plan in plans for item in plan.occurrences}, key=lambda span: span[::-1])
    needs = tuple(dict.fromkeys(need for plan in plans for need in plan.needs))
    return DatesFound(_line(spans), needs, tuple(sorted({last for _first, last in spans})))


def _line(spans: list[Span]) -> str:
    text = "; ".join(_span(first, last) for first, last in spans[:SHOWN_DATES])
    more = len(spans) - SHOWN_DATES
    if more > 0:
        text += " " + ngettext("og %(count)d gang til", "og %(count)d ganger til", more) % {"count": more}
    return text


def _span(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "j. F")
    if first.month == last.month:
        return _("%(first)s.–%(last)s") % {"first": first.day, "last": date_format(last, "j. F")}
    return f"{date_format(first, 'j. F')} – {date_format(last, 'j. F')}"

"""The timing of a plan's rows: a phrase as data, the dates it gives in one school's own year, and why.

``points`` names days of the school year, ``expressions`` are the kinds of timing, ``occurrences`` computes, ``sentences``
says it in plain words and ``phrases`` reads what people write. Nothing here asks the clock or a database.
"""

from aktsom.core.timing.yearly.expressions import Timing, TimingInvalid, as_content, timing_from
from aktsom.core.timing.yearly.occurrences import Facts, Follow, Occurrence, Schedule, schedule
from aktsom.core.timing.yearly.phrases import Understood, understand
from aktsom.core.timing.yearly.points import Point, point_from
from aktsom.core.timing.yearly.sentences import say
from aktsom.core.timing.yearly.year import SchoolWeek, YearDays

__all__ = [
    "Facts",
    "Follow",
    "Occurrence",
    "Point",
    "Schedule",
    "SchoolWeek",
    "Timing",
    "TimingInvalid",
    "Understood",
    "YearDays",
    "as_content",
    "point_from",
    "say",
    "schedule",
    "timing_from",
    "understand",
]

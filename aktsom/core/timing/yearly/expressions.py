"""The kinds of timing a plan's row can have, as data that can be stored, shown and computed (requirements Part 2).

A row has a list of timings, since one phrase can hold two («Før skolestart og fortløpende»). Stored as plain content:
``{"kind": "window", "start": "first_pupil_day", "end": "first_pupil_day+14d"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, get_type_hints

from django.db import models
from django.utils.translation import gettext as _

from aktsom.core.timing.deadlines import TimeWord
from aktsom.core.timing.yearly.choices import Condition, Parity, PlanDate, Rhythm, Saying, Trigger, Weekday
from aktsom.core.timing.yearly.points import Point, PointInvalid, point_from

PUPILS_COME, SCHOOL_ENDS, YEAR_BEGINS = Point("first_pupil_day"), Point("last_day"), Point("year", side="first")
MOST_TIMES, MOST_STEP, MOST_DAYS = 60, 20, 400


class TimingInvalid(ValueError):
    """The content is no timing. The text says what is wrong, for the person who wrote it."""


@dataclass(frozen=True)
class Timing:
    """One kind of timing. ``kind`` is its stored name."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Window(Timing):
    """Once, any time from ``start`` to ``end``, due at the end. ``at_meeting``: due at the meeting once it has a date."""

    kind: ClassVar[str] = "window"
    start: Point
    end: Point
    at_meeting: bool = False


@dataclass(frozen=True)
class Weekly(Timing):
    """Every week with school, or every ``least``th to ``most``th of them; holiday weeks do not count (AMB-34)."""

    kind: ClassVar[str] = "weekly"
    least: int = 1
    most: int = 1
    parity: Parity = Parity.ANY
    weekday: Weekday | None = None
    start: Point = PUPILS_COME
    end: Point = SCHOOL_ENDS
    set_dates: bool = False


@dataclass(frozen=True)
class Monthly(Timing):
    """Once in each month with school; never in July."""

    kind: ClassVar[str] = "monthly"
    start: Point = PUPILS_COME
    end: Point = SCHOOL_ENDS


@dataclass(frozen=True)
class Times(Timing):
    """``least`` to ``most`` times in a span; the school sets the dates. ``places`` are spans that must hold one each."""

    kind: ClassVar[str] = "times"
    least: int
    most: int | None = None
    start: Point = YEAR_BEGINS
    end: Point = SCHOOL_ENDS
    places: tuple[tuple[Point, Point], ...] = ()


@dataclass(frozen=True)
class SetDates(Timing):
    """On the dates the school enters; ``source`` says whose plan they stand in."""

    kind: ClassVar[str] = "set_dates"
    source: str = ""


@dataclass(frozen=True)
class External(Timing):
    """When somebody outside the school says so, e.g. Udir's window for Elevundersøkelsen; entered by hand when not known."""

    kind: ClassVar[str] = "external"
    source: str


@dataclass(frozen=True)
class BeforeLesson(Timing):
    """Before the group's first lesson in its classroom; needs that day entered for each group."""

    kind: ClassVar[str] = "before_lesson"


@dataclass(frozen=True)
class Election(Timing):
    """In the autumns with a general or local election: odd years, in September (valgloven chapter 2)."""

    kind: ClassVar[str] = "election"


@dataclass(frozen=True)
class Standing(Timing):
    """A duty that stands from ``start`` to ``end``, with a look-in at a rhythm the school chooses (WHL-08)."""

    kind: ClassVar[str] = "standing"
    check_in: Rhythm = Rhythm.HALF_YEARLY
    start: Point = YEAR_BEGINS
    end: Point = SCHOOL_ENDS


@dataclass(frozen=True)
class Follows(Timing):
    """After something that happens: a time word of the Act, or the school's own number when its plan gives one.

    ``amount`` counts ``unit`` («working_days», «days» or «minutes») and is the plan's own; without it the word stands.
    """

    kind: ClassVar[str] = "follows"
    trigger: Trigger
    word: TimeWord = TimeWord.NONE_STATED
    amount: int | None = None
    unit: str = ""
    slack: int = 0  # calendar days the window stays open after


@dataclass(frozen=True)
class AtNeed(Timing):
    """When needed: somebody decides yes or no, and the decision is kept."""

    kind: ClassVar[str] = "at_need"


@dataclass(frozen=True)
class FromActionPlan(Timing):
    """On the dates that a pupil's own action plan sets."""

    kind: ClassVar[str] = "from_action_plan"
    which: PlanDate = PlanDate.EVALUATION


@dataclass(frozen=True)
class Until(Timing):
    """Goes on until something is true."""

    kind: ClassVar[str] = "until"
    condition: Condition = Condition.PUPIL_SAFE


@dataclass(frozen=True)
class Coverage(Timing):
    """Every grade, every year: no task of its own, but a grade without an offer is pointed out (WHL-13)."""

    kind: ClassVar[str] = "coverage"


@dataclass(frozen=True)
class NextYear(Timing):
    """Looked through when the wheel is copied to a new year."""

    kind: ClassVar[str] = "next_year"


@dataclass(frozen=True)
class Agreement(Timing):
    """Inside an agreement of some years; a warning comes ``warn_months`` before it ends."""

    kind: ClassVar[str] = "agreement"
    years: int
    warn_months: int = 6


@dataclass(frozen=True)
class Office(Timing):
    """A term of office of some months at a time, from August."""

    kind: ClassVar[str] = "office"
    months: int


@dataclass(frozen=True)
class AnchoredToRow(Timing):
    """Together with another row of the plan, ``days`` after (negative: before) it is due. ``named`` is what that row was called."""

    kind: ClassVar[str] = "anchored_to_row"
    row: str
    days: int = 0
    named: str = ""


@dataclass(frozen=True)
class Validity(Timing):
    """A date the plan itself was made, approved or valid from."""

    kind: ClassVar[str] = "validity"


@dataclass(frozen=True)
class Said(Timing):
    """Words about time that give no task, with what they mean."""

    kind: ClassVar[str] = "said"
    saying: Saying


@dataclass(frozen=True)
class Unset(Timing):
    """The plan gives no time. The school is asked to set one; nothing is filled in for it (T97)."""

    kind: ClassVar[str] = "unset"


KINDS: dict[str, type[Timing]] = {
    kind.kind: kind
    for kind in (
        Window,
        Weekly,
        Monthly,
        Times,
        SetDates,
        External,
        BeforeLesson,
        Election,
        Standing,
        Follows,
        AtNeed,
        FromActionPlan,
        Until,
        Coverage,
        NextYear,
        Agreement,
        Office,
        AnchoredToRow,
        Validity,
        Said,
        Unset,
    )
}


def as_content(timing: Timing) -> dict[str, Any]:
    """Return the timing as plain content for storage, without what has its ordinary value."""
    content: dict[str, Any] = {"kind": timing.kind}
    for field in fields(timing):
        value = getattr(timing, field.name)
        if value != field.default:
            content[field.name] = _plain(value)
    return content


def _plain(value: Any) -> Any:
    if isinstance(value, Point):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, models.Choices) else value


def timing_from(content: Any) -> Timing:
    """Return the timing that plain content describes. Raise TimingInvalid, with the reason, when it is none."""
    if not isinstance(content, Mapping) or content.get("kind") not in KINDS:
        raise TimingInvalid(_("Vi kjenner ikke denne typen tid."))
    kind = KINDS[content["kind"]]
    known = {field.name: field for field in fields(kind)}
    unknown = set(content) - set(known) - {"kind"}
    if unknown:
        raise TimingInvalid(_("Ukjent opplysning: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    missing = [name for name, field in known.items() if field.default is MISSING and name not in content]
    if missing:
        raise TimingInvalid(_("Det mangler: %(names)s.") % {"names": ", ".join(missing)})
    hints = get_type_hints(kind)
    timing = kind(**{name: _value(hints[name], value) for name, value in content.items() if name != "kind"})
    _refuse_senseless(timing)
    return timing


def _value(wanted: Any, value: Any) -> Any:
    if wanted is Point:
        return _point(value)
    if wanted == tuple[tuple[Point, Point], ...]:
        return _places(value)
    for choices in (Rhythm, Weekday, Parity, Trigger, Condition, PlanDate, Saying, TimeWord):
        if wanted in (choices, choices | None):
            return _choice(choices, value)
    if wanted is bool or wanted is str:
        return _plain_value(wanted, value)
    if wanted in (int, int | None) and isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TimingInvalid(_("«%(value)s» er ikke et tall.") % {"value": value})


def _plain_value(wanted: type, value: Any) -> Any:
    if not isinstance(value, wanted):
        raise TimingInvalid(_("«%(value)s» kan ikke stå her.") % {"value": value})
    return value


def _point(value: Any) -> Point:
    try:
        return point_from(str(value))
    except PointInvalid as error:
        raise TimingInvalid(str(error)) from error


def _places(value: Any) -> tuple[tuple[Point, Point], ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        raise TimingInvalid(_("Hver del må ha en første og en siste dag."))
    return tuple((_point(first), _point(last)) for first, last in value)


def _choice(choices: Any, value: Any) -> Any:
    try:
        return choices(value)
    except ValueError as error:
        raise TimingInvalid(_("«%(value)s» er ikke noe vi kan velge mellom.") % {"value": value}) from error


def _refuse_senseless(timing: Timing) -> None:
    match timing:
        case Weekly(least=least, most=most) if not 1 <= least <= most <= MOST_STEP:
            raise TimingInvalid(_("Antall uker mellom hver gang må være fra 1 til %(most)d.") % {"most": MOST_STEP})
        case Times(least=least, most=most) if not 1 <= least <= (most or least) <= MOST_TIMES:
            raise TimingInvalid(_("Antall ganger må være fra 1 til %(most)d.") % {"most": MOST_TIMES})
        case Agreement(years=number) | Office(months=number) if not 1 <= number <= MOST_STEP:
            raise TimingInvalid(_("Lengden må være fra 1 til %(most)d.") % {"most": MOST_STEP})
        case AnchoredToRow(days=days) if abs(days) > MOST_DAYS:
            raise TimingInvalid(_("Dagene mellom radene må være færre enn %(most)d.") % {"most": MOST_DAYS})
        case Follows(amount=amount, unit=unit) if (amount is None) != (unit == "") or unit not in {"", "working_days", "days", "minutes"}:
            raise TimingInvalid(_("Et antall må ha en enhet: virkedager, dager eller minutter."))

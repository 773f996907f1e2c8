"""A time chosen in words: first what kind of time it is, then the few things that kind needs (LIB, PLN-01; WHL-03)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.core.timing.yearly import Timing, TimingInvalid, timing_from


class TimeChoice(models.TextChoices):
    """What kind of time a row has, as a school says it."""

    KEEP = "keep", gettext_lazy("Slik det står nå")
    WORDS = "words", gettext_lazy("Slik jeg skrev det over")
    BEFORE_START = "before_start", gettext_lazy("Før elevene kommer")
    PLANNING = "planning", gettext_lazy("På planleggingsdagene før skolestart")
    FIRST_WEEKS = "first_weeks", gettext_lazy("De første skoleukene")
    MONTHS = "months", gettext_lazy("I en måned, eller fra en måned til en annen")
    WEEKS = "weeks", gettext_lazy("I en uke, eller fra en uke til en annen")
    DAY = "day", gettext_lazy("På en dato")
    WEEKLY = "weekly", gettext_lazy("Hver uke, eller med noen uker imellom")
    MONTHLY = "monthly", gettext_lazy("Hver måned")
    TIMES = "times", gettext_lazy("Noen ganger i året, på dager dere setter selv")
    ANCHORED = "anchored_to_row", gettext_lazy("Sammen med en annen rad, eller noen dager før eller etter")
    BEFORE_LESSON = "before_lesson", gettext_lazy("Før klassens første time")
    EXTERNAL = "external", gettext_lazy("Når Udir har frist for Elevundersøkelsen")
    ELECTION = "election", gettext_lazy("De årene det er valg")
    STANDING = "standing", gettext_lazy("Hele året, med innsjekk")
    FOLLOWS = "follows", gettext_lazy("Når noe skjer")
    AT_NEED = "at_need", gettext_lazy("Ved behov")
    SET_DATES = "set_dates", gettext_lazy("På dager dere setter selv")
    UNSET = "unset", gettext_lazy("Ikke bestemt ennå")


class Side(models.TextChoices):
    """On which side of another row."""

    AFTER = "after", gettext_lazy("Etter den andre raden")
    BEFORE = "before", gettext_lazy("Før den andre raden")


# The fields of the form that each kind needs, in order.
ASKS: dict[str, tuple[str, ...]] = {
    TimeChoice.FIRST_WEEKS: ("number",),
    TimeChoice.MONTHS: ("month", "last_month"),
    TimeChoice.WEEKS: ("week", "last_week"),
    TimeChoice.DAY: ("day", "month"),
    TimeChoice.WEEKLY: ("number", "parity", "weekday"),
    TimeChoice.TIMES: ("number",),
    TimeChoice.ANCHORED: ("other_row", "apart", "side"),
    TimeChoice.STANDING: ("rhythm",),
    TimeChoice.FOLLOWS: ("trigger",),
}


def timing_chosen(choice: str, given: Mapping[str, Any]) -> tuple[Timing, ...]:
    """Return the timing of a choice and what was given with it. Raise TimingInvalid, with what is missing, when it is not whole."""
    missing = [name for name in ASKS.get(choice, ()) if given.get(name) in (None, "") and name not in OPTIONAL]
    if missing:
        raise TimingInvalid(_("Velg også: %(names)s.") % {"names": ", ".join(str(ASKED_NAMES[name]) for name in missing)})
    return (timing_from(_content(choice, given)),)


OPTIONAL = frozenset({"last_month", "last_week", "parity", "weekday", "apart", "side"})
ASKED_NAMES = {
    "number": gettext_lazy("antall"),
    "month": gettext_lazy("måned"),
    "week": gettext_lazy("uke"),
    "day": gettext_lazy("dag i måneden"),
    "other_row": gettext_lazy("hvilken rad"),
    "rhythm": gettext_lazy("hvor ofte noen ser over"),
    "trigger": gettext_lazy("hva som skjer først"),
}


def _content(choice: str, given: Mapping[str, Any]) -> dict[str, Any]:
    span = _span(choice, given)
    if span:
        return {"kind": "window", "start": span[0], "end": span[1]}
    match choice:
        case TimeChoice.WEEKLY:
            return {"kind": "weekly", "least": given["number"], "most": given["number"], **_optional(given, "parity", "weekday")}
        case TimeChoice.TIMES:
            return {"kind": "times", "least": given["number"]}
        case TimeChoice.EXTERNAL:
            return {"kind": "external", "source": "udir.pupil_survey"}
        case TimeChoice.ANCHORED:
            apart = (given.get("apart") or 0) * (-1 if given.get("side") == Side.BEFORE else 1)
            return {"kind": choice, "row": given["other_row"], "days": apart, "named": given.get("named", "")}
        case TimeChoice.STANDING:
            return {"kind": "standing", "check_in": given["rhythm"]}
        case TimeChoice.FOLLOWS:
            return {"kind": "follows", "trigger": given["trigger"]}
    return {"kind": choice}


def _span(choice: str, given: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the first and last day of a choice that is once in a span of days."""
    match choice:
        case TimeChoice.BEFORE_START:
            return "year.first", "first_pupil_day-1d"
        case TimeChoice.PLANNING:
            return "planning.first", "planning.last"
        case TimeChoice.FIRST_WEEKS:
            return "first_pupil_day", f"school_week({given['number']}).last"
        case TimeChoice.MONTHS:
            return f"month({given['month']}).first", f"month({given.get('last_month') or given['month']}).last"
        case TimeChoice.WEEKS:
            return f"iso_week({given['week']}).first", f"iso_week({given.get('last_week') or given['week']}).last"
        case TimeChoice.DAY:
            return f"date({given['month']}-{given['day']})", f"date({given['month']}-{given['day']})"
    return None


def _optional(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names if given.get(name) not in (None, "")}

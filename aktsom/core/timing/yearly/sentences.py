"""A timing in one plain sentence, as the editor and the printed plan say it."""

from __future__ import annotations

from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aktsom.core.timing.yearly import why
from aktsom.core.timing.yearly.choices import Parity, Rhythm
from aktsom.core.timing.yearly.expressions import (
    Agreement,
    AnchoredToRow,
    AtNeed,
    BeforeLesson,
    Coverage,
    Election,
    External,
    Follows,
    FromActionPlan,
    Monthly,
    NextYear,
    Office,
    Said,
    SetDates,
    Standing,
    Times,
    Timing,
    Until,
    Validity,
    Weekly,
    Window,
)
from aktsom.core.timing.yearly.points import MONTH_NAMES, Point, point_words

EXTERNAL_WORDS = {"udir.pupil_survey": gettext_lazy("Elevundersøkelsen")}


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]


def _whole(start: Point, end: Point) -> bool:
    return start.name in {"first_pupil_day", "year"} and not start.offset and end == Point("last_day")


@singledispatch
def say(timing: Timing) -> str:
    """Return the timing as one sentence without a full stop. A timing nobody has set says so."""
    return _("Ikke satt ennå")


def _both(timing: Window, name: str) -> bool:
    """Return whether the window is whole months or whole weeks: the first day of one to the last day of one."""
    start, end = timing.start, timing.end
    return (start.name, start.side, start.offset, end.name, end.side, end.offset) == (name, "first", 0, name, "last", 0)


@say.register
def _window(timing: Window) -> str:
    if _both(timing, "month"):
        first, last = str(MONTH_NAMES[int(timing.start.which) - 1]), str(MONTH_NAMES[int(timing.end.which) - 1])
        text = _("I %(month)s") % {"month": first} if first == last else _("Fra %(first)s til %(last)s") % {"first": first, "last": last}
    elif _both(timing, "iso_week"):
        weeks = {"first": timing.start.which, "last": timing.end.which}
        text = _("I uke %(first)s til %(last)s") % weeks if weeks["first"] != weeks["last"] else _("I uke %(first)s") % weeks
    elif timing.start == timing.end:
        text = _big(point_words(timing.start))
    elif timing.start == Point("year", side="first"):
        text = _("Senest %(end)s") % {"end": point_words(timing.end)}
    else:
        text = _("Fra %(start)s til %(end)s") % {"start": point_words(timing.start), "end": point_words(timing.end)}
    return _("%(text)s, på møtet") % {"text": text} if timing.at_meeting else text


@say.register
def _weekly(timing: Weekly) -> str:
    if timing.parity != Parity.ANY:
        text = _("I %(parity)s") % {"parity": timing.parity.label}
    elif timing.weekday is not None and timing.most == 1:
        text = _("Hver %(day)s") % {"day": timing.weekday.label}
    elif timing.most == 1:
        text = _("Hver skoleuke")
    elif timing.least == timing.most == 2:
        text = _("Annenhver skoleuke")
    elif timing.least == timing.most:
        text = _("Hver %(step)d. skoleuke") % {"step": timing.least}
    else:
        text = _("Hver %(least)d. til %(most)d. skoleuke") % {"least": timing.least, "most": timing.most}
    if timing.weekday is not None and (timing.parity != Parity.ANY or timing.most > 1):
        text = _("%(text)s, på %(day)s") % {"text": text, "day": timing.weekday.label}
    if not _whole(timing.start, timing.end):
        text = _("%(text)s fra %(start)s til %(end)s") % {"text": text, "start": point_words(timing.start), "end": point_words(timing.end)}
    return _("%(text)s, eller etter oppsatt plan") % {"text": text} if timing.set_dates else text


@say.register
def _monthly(timing: Monthly) -> str:
    if _whole(timing.start, timing.end):
        return _("En gang i måneden")
    return _("En gang i måneden fra %(start)s til %(end)s") % {"start": point_words(timing.start), "end": point_words(timing.end)}


@say.register
def _times(timing: Times) -> str:
    if timing.most and timing.most != timing.least:
        text = _("%(least)d til %(most)d ganger i året") % {"least": timing.least, "most": timing.most}
    else:
        text = ngettext("%(count)d gang i året", "%(count)d ganger i året", timing.least) % {"count": timing.least}
    if not timing.places:
        return text
    spans = "; ".join(
        _("fra %(start)s til %(end)s") % {"start": point_words(start), "end": point_words(end)} for start, end in timing.places
    )
    return _("%(text)s: %(spans)s") % {"text": text, "spans": spans}


@say.register
def _set_dates(timing: SetDates) -> str:
    return _("På datoene i %(source)s") % {"source": timing.source} if timing.source else _("På datoer skolen setter")


@say.register
def _external(timing: External) -> str:
    return _("I perioden Udir setter for %(what)s") % {"what": EXTERNAL_WORDS.get(timing.source, timing.source)}


@say.register
def _before_lesson(timing: BeforeLesson) -> str:
    return _("Før klassens første time")


@say.register
def _election(timing: Election) -> str:
    return _("Når det er valg i Norge")


@say.register
def _standing(timing: Standing) -> str:
    text = _("Hele året") if _whole(timing.start, timing.end) else _("Fra %(start)s til %(end)s") % _ends(timing)
    if timing.check_in == Rhythm.NONE:
        return text
    return _("%(text)s, med innsjekk %(rhythm)s") % {"text": text, "rhythm": timing.check_in.label}


def _ends(timing: Standing) -> dict[str, str]:
    return {"start": point_words(timing.start), "end": point_words(timing.end)}


@say.register
def _follows(timing: Follows) -> str:
    return why.follows(timing).rstrip(".")


@say.register
def _at_need(timing: AtNeed) -> str:
    return _("Ved behov. Noen svarer ja eller nei, og svaret blir stående")


@say.register
def _from_action_plan(timing: FromActionPlan) -> str:
    return _big(str(timing.which.label))


@say.register
def _until(timing: Until) -> str:
    return _big(str(timing.condition.label))


@say.register
def _coverage(timing: Coverage) -> str:
    return _("Hvert år på hvert trinn")


@say.register
def _next_year(timing: NextYear) -> str:
    return _("Ses gjennom når årshjulet kopieres til et nytt år")


@say.register
def _agreement(timing: Agreement) -> str:
    return _("Innenfor en avtale på %(years)d år, med varsel %(months)d måneder før den går ut") % {
        "years": timing.years,
        "months": timing.warn_months,
    }


@say.register
def _office(timing: Office) -> str:
    return _("%(months)d måneder om gangen, fra august") % {"months": timing.months}


@say.register
def _anchored(timing: AnchoredToRow) -> str:
    return why.anchored(timing).rstrip(".")


@say.register
def _validity(timing: Validity) -> str:
    return _("Dato for selve planen")


@say.register
def _said(timing: Said) -> str:
    return _big(str(timing.saying.label))

"""The one sentence that answers «Hvorfor da?» for an occurrence."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aktsom.core.timing.deadlines import TimeWord
from aktsom.core.timing.yearly.choices import Parity, Rhythm
from aktsom.core.timing.yearly.expressions import AnchoredToRow, Follows, Times, Weekly
from aktsom.core.timing.yearly.points import MONTH_NAMES, Point, point_words
from aktsom.core.timing.yearly.year import SchoolWeek


def _day(day: date) -> str:
    return date_format(day, "l j. F")


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]


def window(start: Point, end: Point, first: date, last: date) -> str:
    """Say between which days, in the plan's terms and as dates."""
    if start.name == end.name == "month" and start.which == end.which and start.side != end.side:
        return _("Planen sier %(month)s.") % {"month": MONTH_NAMES[int(start.which) - 1]}
    if first == last:
        return _("Det er %(day)s: %(date)s.") % {"day": point_words(start), "date": _day(first)}
    words = {"start": point_words(start), "first": _day(first), "end": point_words(end), "last": _day(last)}
    return _big(_("fra %(start)s (%(first)s) til %(end)s (%(last)s).") % words)


def moved(meant: date, due: date) -> str:
    """Say that the end was moved to a day at work, or nothing when it was not."""
    return (
        ""
        if meant == due
        else _("%(meant)s er ingen arbeidsdag, så siste dag er %(due)s.") % {"meant": _big(_day(meant)), "due": _day(due)}
    )


def meeting(day: date) -> str:
    """Say that it follows the meeting."""
    return _("Det gjøres på møtet %(day)s.") % {"day": _day(day)}


def week(found: SchoolWeek, timing: Weekly) -> str:
    """Say which week, and that weeks of holiday are left out."""
    if timing.parity != Parity.ANY:
        return _("Uke %(week)d er en av %(parity)s med skole.") % {
            "week": found.iso_week,
            "parity": timing.parity.label.replace("uker", "ukene"),
        }
    if timing.weekday is not None:
        return _("Hver %(day)s det er skole.") % {"day": timing.weekday.label}
    return _("Hver uke det er skole. Uker med ferie er ikke med.")


def every_few(timing: Weekly, turn: int, closing: SchoolWeek) -> str:
    """Say how many school weeks are counted."""
    if turn == 1:
        return _("Første gang er uke %(week)d, den første som telles.") % {"week": closing.iso_week}
    if timing.least == timing.most:
        return _("%(step)d skoleuker etter forrige gang. Uker med ferie telles ikke.") % {"step": timing.least}
    return _("%(least)d til %(most)d skoleuker etter forrige gang. Uker med ferie telles ikke.") % {
        "least": timing.least,
        "most": timing.most,
    }


def month(day: date) -> str:
    """Say that it is the month's turn."""
    return _("Én gang i %(month)s.") % {"month": MONTH_NAMES[day.month - 1]}


def part(timing: Times, number: int, first: date, last: date) -> str:
    """Say which of the times it is, and that the school sets the date."""
    words = {"number": number, "of": max(timing.least, len(timing.places)), "first": _day(first), "last": _day(last)}
    if timing.places:
        return _("Gang %(number)d av %(of)d skal være mellom %(first)s og %(last)s. Skolen setter datoen.") % words
    return _("Gang %(number)d av %(of)d. Året er delt likt, så denne faller fra %(first)s til %(last)s. Skolen setter datoen.") % words


def check_in(rhythm: Rhythm, last: date) -> str:
    """Say that a standing duty is looked in on."""
    if rhythm == Rhythm.MONTHLY:
        return _("Dette gjelder hele tiden. Innsjekk én gang i %(month)s.") % {"month": MONTH_NAMES[last.month - 1]}
    return _("Dette gjelder hele tiden. Skolen har valgt innsjekk %(rhythm)s.") % {"rhythm": rhythm.label}


def follows(timing: Follows) -> str:
    """Say what it waits for and how soon after; a number is always the plan's own."""
    start = timing.trigger.label
    if timing.amount is None:
        if timing.word == TimeWord.NONE_STATED:
            return _big(_("%(start)s.") % {"start": start})
        return _big(_("%(start)s: %(word)s. Ordet er ikke gjort om til et antall dager.") % {"start": start, "word": timing.word.label})
    if timing.unit == "working_days":
        amount = ngettext("%(count)d virkedag", "%(count)d virkedager", timing.amount) % {"count": timing.amount}
    elif timing.unit == "minutes":
        amount = ngettext("%(count)d minutt", "%(count)d minutter", timing.amount) % {"count": timing.amount}
    else:
        amount = ngettext("%(count)d dag", "%(count)d dager", timing.amount) % {"count": timing.amount}
    return _big(_("%(start)s: innen %(amount)s. Det er skolens egen regel.") % {"start": start, "amount": amount})


def anchored(timing: AnchoredToRow) -> str:
    """Say which row it hangs on."""
    row = f"«{timing.named}»" if timing.named else _("en annen rad i planen")
    if not timing.days:
        return _("Samtidig med %(row)s.") % {"row": row}
    days = abs(timing.days)
    words = {"days": days, "row": row}
    if timing.days > 0:
        return ngettext("%(days)d dag etter %(row)s.", "%(days)d dager etter %(row)s.", days) % words
    return ngettext("%(days)d dag før %(row)s.", "%(days)d dager før %(row)s.", days) % words

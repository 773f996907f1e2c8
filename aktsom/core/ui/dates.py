"""Days and times as people say them: «tirsdag 24. november 2026», «kl. 14.05», «i morgen»."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aktsom.core.timing import clock as school_clock

NEAR = 7  # days away that are said as «for 2 dager siden»; further off, the date is clearer


def local(value: date | datetime) -> date | datetime:
    """Return ``value`` in Norwegian time when it is a moment."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def long_day(value: date | datetime) -> str:
    """Return «tirsdag 24. november 2026»."""
    return date_format(local(value), "l j F Y" if (get_language() or "nb").startswith("en") else "l j. F Y")


def clock(value: datetime | time) -> str:
    """Return «kl. 14.05»."""
    shown = local(value) if isinstance(value, datetime) else value
    return _("kl. %(time)s") % {"time": shown.strftime("%H.%M")}


def near_day(value: date, today: date) -> str:
    """Return the day as seen from ``today``: «i dag», «om 3 dager», «tirsdag 24. november 2026»."""
    away = (value - today).days
    if away in (-1, 0, 1):
        return {-1: _("i går"), 0: _("i dag"), 1: _("i morgen")}[away]
    if -NEAR <= away < 0:
        return ngettext("for %(days)d dag siden", "for %(days)d dager siden", -away) % {"days": -away}
    if 0 < away <= NEAR:
        return ngettext("om %(days)d dag", "om %(days)d dager", away) % {"days": away}
    return long_day(value)


def saved_at(value: datetime) -> str:
    """Return «Lagret kl. 14.02»."""
    return _("Lagret %(clock)s") % {"clock": clock(value)}


def when_html(value: date | datetime) -> SafeString:
    """Return a <time> that says the near day, with the full date on hover and for screen readers."""
    return _when_html(local(value), school_clock.today(), get_language() or "")


@lru_cache(maxsize=1024)  # a list says the same few days over and over
def _when_html(shown: date | datetime, today: date, _language: str) -> SafeString:
    is_moment = isinstance(shown, datetime)
    day = shown.date() if isinstance(shown, datetime) else shown
    near = near_day(day, today)
    said = f"{near} {clock(shown)}" if isinstance(shown, datetime) else near
    full = f"{long_day(day)} {clock(shown)}" if is_moment else long_day(day)  # type: ignore[arg-type]
    if said == full:
        return format_html('<time datetime="{}">{}</time>', shown.isoformat(), said)
    return format_html(
        '<time datetime="{}" title="{}">{}<span class="aktsom-hidden"> ({})</span></time>', shown.isoformat(), full, said, full
    )

"""When an answer comes: the school's own standard, or that it comes as soon as possible. Never an invented number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from aktsom.core.timing.clock import today
from aktsom.core.ui.dates import long_day
from aktsom.reports.rules import replying


def reply_day(school: Any, received_at: datetime) -> date | None:
    """Return the day the school's own standard promises an answer by, or None when it has set none."""
    return replying.reply_day(timezone.localtime(received_at).date(), school.reply_standard_days)


def reply_words(school: Any, received_at: datetime) -> str:
    """Return «Du får svar innen tirsdag 24. november 2026», or without a day when the school has set none."""
    due = reply_day(school, received_at)
    if due is None:
        return _("Du får svar så snart som mulig.")
    return _("Du får svar innen %(day)s.") % {"day": long_day(due)}


def is_answered(conversation: Iterable[Any]) -> bool:
    """Return whether the school has written anything to the one who reported."""
    return any(not message.from_reporter for message in conversation)


def awaited_words(report: Any, conversation: Iterable[Any]) -> str:
    """Return what the one who waits is told until the school has answered; nothing after that."""
    if is_answered(conversation):
        return ""
    due = reply_day(report.school, report.received_at)
    if due is not None and due < today():
        return _("Du skulle ha fått svar innen %(day)s. Du kan skrive til skolen her, eller snakke med en voksen.") % {"day": long_day(due)}
    return reply_words(report.school, report.received_at)


def promised_words(report: Any, conversation: Iterable[Any]) -> str:
    """Return what the receiver has to keep: that an answer is promised, and by when; nothing when it is given."""
    due = reply_day(report.school, report.received_at)
    if due is None or is_answered(conversation):
        return ""
    if due < today():
        return _("Den som meldte, er lovet svar innen %(day)s. Den dagen er passert. Skriv et svar nederst på siden.") % {
            "day": long_day(due)
        }
    return _("Den som meldte, er lovet svar innen %(day)s. Skriv det nederst på siden.") % {"day": long_day(due)}

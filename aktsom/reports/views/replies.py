"""When an answer comes: the school's own standard, or that it comes as soon as possible. Never an invented number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from aktsom.core.timing.calendar import add_working_days
from aktsom.core.ui.dates import long_day


def reply_words(school: Any, received_at: datetime) -> str:
    """Return «Du får svar innen tirsdag 24. november 2026», or without a day when the school has set none."""
    if school.reply_standard_days is None:
        return _("Du får svar så snart som mulig.")
    due = add_working_days(timezone.localtime(received_at).date(), school.reply_standard_days)
    return _("Du får svar innen %(day)s.") % {"day": long_day(due)}

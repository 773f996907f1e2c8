"""The one place that asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return today's date in Norway."""
    return timezone.localdate()

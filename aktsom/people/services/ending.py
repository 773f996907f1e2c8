"""How something with a first and a last day is ended today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aktsom.core.timing.clock import today


def end_yesterday(row: Any) -> None:
    """Let yesterday be the row's last day; what began today never began."""
    row.valid_until = today() - timedelta(days=1)
    row.valid_from = min(row.valid_from, row.valid_until)
    row.save()

"""The questions the owner and the school ask in the report form besides what every report asks (REP-24)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from aktsom.reports.models import ReportQuestion


def questions_for(school: Any, *, guardian: bool = False) -> list[ReportQuestion]:
    """Return what staff, or a guardian, is asked at a school: the owner's questions first, then the school's own. One read."""
    audience = Q(for_guardians=True) if guardian else Q(for_staff=True)
    place = Q(school=None) | Q(school_id=school.pk)
    rows = ReportQuestion.objects.filter(place, audience, owner_id=school.owner_id, ended_at=None).order_by("place", "id")
    return sorted(rows, key=lambda row: row.school_id is not None)

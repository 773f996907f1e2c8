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


def questions_at(*, owner_id: int, school_id: int | None) -> list[ReportQuestion]:
    """Return what stands in the form now of the owner's, or of one school's own. What is asked there is no secret."""
    place = Q(school=None) if school_id is None else Q(school_id=school_id)
    return list(ReportQuestion.objects.filter(place, owner_id=owner_id, ended_at=None).order_by("place", "id"))


def earlier_questions(*, owner_id: int, school_id: int | None) -> list[ReportQuestion]:
    """Return what was asked before, the latest first; old reports still show those words."""
    place = Q(school=None) if school_id is None else Q(school_id=school_id)
    return list(ReportQuestion.objects.filter(place, owner_id=owner_id, ended_at__isnull=False).order_by("-ended_at", "-id"))

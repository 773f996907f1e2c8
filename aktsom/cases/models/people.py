"""Who is in the case: walled parts, those who work with it, those who are shut out."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.rules import CaseRole, ExclusionReason, PartKind
from aktsom.core.vault.fields import SealedTextField


class CasePart(CaseRecord):
    """One person's own part of the case, walled from the others' (PRV-03)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=15, choices=PartKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    trusted_adult = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    trusted_adult_chosen_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="case_part_once_per_person"),
            models.UniqueConstraint(fields=["case"], condition=Q(kind=PartKind.PUPIL), name="case_for_one_pupil"),
        ]

    class Privacy:
        sensitive = "case kind person trusted_adult trusted_adult_chosen_at added_at"
        technical = "id public_id content_key"
        retention = "case"


class CaseWorker(CaseRecord):
    """Somebody works with the case, in a stretch of time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="workers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CaseRole.choices)
    part = models.ForeignKey(CasePart, null=True, blank=True, on_delete=models.CASCADE, related_name="+")  # None: whole case
    reason = SealedTextField(blank=True)
    appointed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="case_worker_runs_forward")
        ]
        indexes = [models.Index(fields=["person", "valid_until"], name="case_worker_person")]

    @property
    def last_day(self) -> date | None:
        """The last day the work lasts. What is stored is the first moment after it, so that the named day is included."""
        return None if self.valid_until is None else timezone.localtime(self.valid_until - timedelta(microseconds=1)).date()

    class Privacy:
        personal = "case person role part appointed_by valid_from valid_until"
        case_content = "reason"
        technical = "id public_id content_key"
        retention = "case"


class CaseExclusion(CaseRecord):
    """Somebody who must never meet the case, whatever other roles she has."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=ExclusionReason.choices)
    excluded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_exclusion_once")]

    class Privacy:
        sensitive = "case person reason excluded_at"
        technical = "id public_id content_key"
        retention = "case"

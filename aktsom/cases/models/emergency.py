"""Access in an emergency: who opened a case she is not set to, why, until when, and what the head teacher found."""

from django.db import models
from django.db.models import F, Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.rules.emergency import ReviewOutcome
from aktsom.core.vault.fields import SealedTextField


class EmergencyAccess(CaseRecord):
    """Somebody opened the case because a pupil needed help and nobody who has it was there (fact 31, PRV-02)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="emergencies")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    opened_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices, blank=True)
    review = SealedTextField(blank=True)
    reviewed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("opened_at")), name="emergency_runs_forward"),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at=None) | ~Q(outcome="") & Q(reviewed_at__isnull=False),
                name="emergency_review_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_until"], name="emergency_person")]

    class Privacy:
        personal = "case person opened_at valid_until outcome reviewed_by reviewed_at"
        case_content = "reason review"
        technical = "id public_id content_key"
        retention = "case"
